import MiniSearch from "minisearch";
import type { ChatMessage } from "./model.ts";
import type { TestRecord } from "./test-set.ts";

/** A way to ask: what a model is sent for a record. */
export type Ask = (record: TestRecord) => readonly ChatMessage[];

/** The same examples, the first of the training records, before every question. */
export function askWithFirst(count: number, training: readonly TestRecord[]): Ask {
  const examples = training.slice(0, count);
  return ({ prompt }) => withExamples(prompt, examples);
}

/** The training records that are nearest to a question, as `createNearest` finds them. */
export function askWithNearest(count: number, training: readonly TestRecord[]): Ask {
  return createNearest(training)(count);
}

/**
 * Finds the training records that are nearest to a question by BM25 (MiniSearch's BM25+ over words, without system messages), the nearest last, where models heed it most. The index is
 * built when it is first asked, and takes its time for many records: it belongs into a worker.
 */
export function createNearest(training: readonly TestRecord[]): (count: number) => Ask {
  let index: MiniSearch<{ id: number; question: string }> | undefined;
  const build = (): MiniSearch<{ id: number; question: string }> => {
    const made = new MiniSearch<{ id: number; question: string }>({ fields: ["question"] });
    made.addAll(training.map(({ prompt }, id) => ({ id, question: questionOf(prompt) })));
    return made;
  };
  return (count) => ({ prompt }) => {
    index ??= build();
    const nearest = index.search(questionOf(prompt)).slice(0, count).reverse();
    return withExamples(prompt, nearest.flatMap(({ id }) => training[Number(id)] ?? []));
  };
}

function questionOf(prompt: readonly ChatMessage[]): string {
  return prompt.filter(({ role }) => !isSystem(role)).map(({ content }) => content).join("\n");
}

/** The record's own system messages stay first and those of examples are left out; an example is its questions and its answer. */
function withExamples(prompt: readonly ChatMessage[], examples: readonly TestRecord[]): readonly ChatMessage[] {
  return [
    ...prompt.filter(({ role }) => isSystem(role)),
    ...examples.flatMap((example) => [...example.prompt.filter(({ role }) => !isSystem(role)), { role: "assistant", content: example.reference }]),
    ...prompt.filter(({ role }) => !isSystem(role)),
  ];
}

function isSystem(role: string): boolean {
  return role === "system" || role === "developer";
}
