import { readConversation } from "../dataset/formats/conversation.ts";
import { fingerprint } from "../dataset/fingerprint.ts";
import type { Line } from "../dataset/source.ts";
import type { ChatMessage } from "./model.ts";
import { writeCalls } from "./tool-calls.ts";

/** One question that both models answer, with the answer that is right. */
export interface TestRecord {
  /** The line of the test file, from 1. */
  readonly line: number;
  /** The conversation up to its last assistant message. */
  readonly prompt: readonly ChatMessage[];
  /** That last assistant message; where it calls tools, what `writeCalls` makes of it. */
  readonly reference: string;
  /** The tools that it declares, as OpenAI's chat format writes them; undefined where there are none. */
  readonly tools?: readonly unknown[];
  /** What else it says in single values, by name: `topic`, or `metadata.topic` inside of an object. Records can be told apart by it. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** A line that is not evaluated, and why. Lines count from 1. */
export interface Refusal {
  readonly line: number;
  readonly reason: string;
}

/** A test set in the making: lines are added one after the other, so that a long file can be read in slices. */
export interface TestSet {
  add(line: Pick<Line, "text" | "malformed">): void;
  readonly records: readonly TestRecord[];
  readonly refused: readonly Refusal[];
}

/** An empty test set. Blank lines are passed over; a line that cannot be evaluated is refused with its reason, and the others stay. */
export function createTestSet(): TestSet {
  const records: TestRecord[] = [];
  const refused: Refusal[] = [];
  const firstLines = new Map<string, number>();
  let line = 0;
  return {
    records,
    refused,
    add({ text, malformed }) {
      line += 1;
      if (text.trim() === "") return;
      const record = malformed ? { reason: "it has bytes that are not UTF-8" } : readTestRecord(text, line);
      if ("reason" in record) {
        refused.push({ line, reason: record.reason });
        return;
      }
      // The statistics take records as independent, and the same question twice is one question.
      const key = fingerprint(JSON.stringify([record.prompt, record.reference, record.tools]));
      const first = firstLines.get(key);
      if (first === undefined) {
        firstLines.set(key, line);
        records.push(record);
      } else refused.push({ line, reason: `it equals line ${first}, and a question counts once` });
    },
  };
}

/** Reads one line of a test file; says in words why it cannot be evaluated. */
export function readTestRecord(text: string, line: number): TestRecord | { readonly reason: string } {
  const conversation = readConversation(text);
  if ("reason" in conversation) return conversation;
  const messages = conversation.messages.map(({ weight: _weight, ...message }) => message);
  const last = messages.findLastIndex(({ role }) => role === "assistant");
  const answer = messages[last];
  if (!answer) return { reason: "no message is from the assistant, so there is no answer to compare with" };
  if (last === 0) return { reason: "nothing comes before the assistant's message, so there is no question" };
  const reference = writeCalls(answer.content, answer.tool_calls) ?? answer.content;
  if (reference.trim() === "") return { reason: "the assistant's last message is empty, so there is no answer to compare with" };
  const { tools = [] } = conversation;
  const fields = fieldsOf(conversation.others);
  return { line, prompt: messages.slice(0, last), reference, ...(tools.length > 0 ? { tools } : {}), ...(Object.keys(fields).length > 0 ? { fields } : {}) };
}

/** Names a record by what is asked and what is right, wherever it stands and however it is written: 16 hexadecimal digits. */
export function recordKey({ prompt, reference, tools }: Pick<TestRecord, "prompt" | "reference"> & { readonly tools?: readonly unknown[] | undefined }): string {
  return fingerprint(JSON.stringify([prompt.map(({ role, content, tool_calls: calls, tool_call_id: answers }) => [role, content, calls ?? null, answers ?? null]), reference, tools ?? null]));
}

/** Longer values are texts, by which nobody tells records apart. */
const longestField = 200;

/** The texts, numbers and booleans of a record and of the objects in it, with what they stand under. */
function fieldsOf(record: object): Readonly<Record<string, string>> {
  const single = (name: string, value: unknown): readonly (readonly [string, string])[] =>
    (typeof value === "string" && value.length <= longestField) || typeof value === "number" || typeof value === "boolean" ? [[name, String(value)]] : [];
  return Object.fromEntries(Object.entries(record).flatMap(([name, value]) =>
    (typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value).flatMap(([inner, each]) => single(`${name}.${inner}`, each)) : single(name, value))));
}
