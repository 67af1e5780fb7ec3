import { describeTurn, nameOfSpeaker, sentence, textsOf, type Dialogue } from "../dialogue.ts";
import { formerPreferenceKeys } from "../formats/openai-preference.ts";
import { endOf, properties, property, type Node } from "../json-node.ts";
import { quote } from "../quote.ts";
import type { Target } from "../targets/target.ts";
import type { Problem, RecordRule } from "./rule.ts";

/** The keys of the two answers, by format. */
const pairs: Readonly<Record<string, readonly string[]>> = { "openai-preference": ["preferred_output", "non_preferred_output"] };

/** Under which keys Axolotl's strategies look for what is asked. */
const promptKeys = ["prompt", "messages", "conversation", "conversations", "input", "question", "instruction"];

export const invalidAnswer: RecordRule = {
  id: "invalid-answer",
  severity: "error",
  summary: "An answer of a preference pair is missing, is not the assistant's, or is more than one message where the target takes one.",
  explanation: "Preference tuning compares two answers to one prompt: both must be there, and both the assistant's. `preferred_completion` and `non_preferred_completion` are names of an earlier specification, which servers refuse; they are renamed.",
  source: "https://developers.openai.com/api/docs/guides/direct-preference-optimization",
  *check({ tree, format, dialogues, accepted }, target) {
    if (!tree || !format || !accepted || !target.answers) return;
    for (const { key, name } of properties(tree)) {
      const now = Object.hasOwn(formerPreferenceKeys, name) ? formerPreferenceKeys[name] : undefined;
      if (now === undefined || format !== "openai-preference") continue;
      const edits = [{ start: key.offset, end: endOf(key), text: JSON.stringify(now) }];
      yield { start: key.offset, end: endOf(key), message: `"${name}" is called "${now}" today.`, fixes: property(tree, now) ? [] : [{ title: `Rename to "${now}"`, safe: true, edits }] };
    }
    for (const name of pairs[format] ?? []) {
      const former = Object.entries(formerPreferenceKeys).find(([, now]) => now === name)?.[0] ?? "";
      if (!property(tree, name) && !property(tree, former)) yield { start: tree.offset, end: endOf(tree), message: `This record has no "${name}"; expected a list with the assistant's answer: [{"role": "assistant", "content": "…"}].` };
    }
    if (format === "trl-preference" && target.answers.explicitPrompt && !promptKeys.some((name) => property(tree, name))) {
      yield { start: tree.offset, end: endOf(tree), message: `This record has no "prompt" and no "messages"; ${target.title} expects what both answers answer under one of the two.` };
      return;
    }
    if (format === "gemini-preference") yield* judgeScores(tree);
    for (const dialogue of dialogues) if (dialogue.part === "answer" || dialogue.part === "rejected") yield* judgeAnswer(dialogue, target.answers, target.title);
  },
};

function* judgeAnswer(dialogue: Dialogue, { roles, maximum }: NonNullable<Target["answers"]>, title: string): Generator<Problem> {
  const { turns, list, name, whole } = dialogue;
  if (maximum !== undefined && turns.length > maximum) yield { start: list.offset, end: endOf(list), message: `"${name}" holds ${turns.length} messages; ${title} takes exactly one, the assistant's answer.` };
  for (const turn of turns) {
    if (!turn.roleNode || turn.meant === undefined || roles.includes(turn.meant)) continue;
    yield { start: turn.roleNode.offset, end: endOf(turn.roleNode), message: `${sentence(describeTurn(dialogue, turn))} is from ${quote(turn.role ?? "")}; an answer is from "${nameOfSpeaker("assistant", dialogue.dialect) ?? "assistant"}".` };
  }
  if (whole && turns.length > 0 && turns.every(({ meant }) => meant !== undefined && roles.includes(meant)) && !turns.some(({ meant }) => meant === "assistant")) {
    yield { start: list.offset, end: endOf(list), message: `"${name}" has no message from the assistant; expected its answer.` };
  }
}

/** Gemini's pairs: one answer with the score 1 and one with 0. */
function* judgeScores(tree: Node): Generator<Problem> {
  const completions = property(tree, "completions");
  if (completions?.type !== "array") return;
  const scores = (completions.children ?? []).map((each) => property(each, "score")?.value as unknown);
  if (scores.length === 2 && scores.includes(1) && scores.includes(0)) return;
  yield { start: completions.offset, end: endOf(completions), message: `"completions" has ${scores.length} with the scores ${scores.map(String).join(", ") || "none"}; expected exactly two, one with the score 1 and one with 0.` };
}

/** The words of an answer, by which two are compared. */
export function wordsOf({ turns }: Dialogue): string {
  return turns.flatMap((turn) => textsOf(turn)).map(({ value }) => String(value)).join("\n");
}
