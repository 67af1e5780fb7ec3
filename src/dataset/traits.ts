import { textsOf } from "./dialogue.ts";
import { fingerprint } from "./fingerprint.ts";
import { properties } from "./json-node.ts";
import type { DatasetRecord } from "./record.ts";

/** What the texts of a record are like, as far as rules compare records with one another; a few bytes. */
export interface Traits {
  /** Whether the last answer is an object or list of JSON, or other text; undefined where there is none. */
  readonly answer: "json" | "prose" | undefined;
  /** Whether an answer reasons between tags such as `<think>`. */
  readonly reasons: boolean;
  /** The hash of the last answer. */
  readonly answerHash: string | undefined;
  /** The names of a record's keys beside those of its format. */
  readonly furtherKeys: readonly string[];
}

/** How reasoning models open what they think. */
export const reasoningTag = /<(?:think|thinking|reasoning|scratchpad)>/i;

/** The traits of a record whose format the target takes. */
export function traitsOf(record: DatasetRecord, formatKeys: readonly string[]): Traits | undefined {
  if (!record.accepted) return undefined;
  const answers = [
    ...record.dialogues.filter(({ part }) => part !== "rejected" && part !== "prompt").flatMap(({ turns }) => turns.filter(({ speaker }) => speaker === "assistant").flatMap((turn) => textsOf(turn))),
    ...record.texts.filter(({ purpose }) => purpose === "answer").map(({ node }) => node),
  ].map(({ value }) => String(value));
  const last = answers.at(-1);
  return {
    ...answerTraits(last),
    reasons: answers.some((answer) => reasoningTag.test(answer)),
    furtherKeys: properties(record.tree).map(({ name }) => name).filter((name) => !formatKeys.includes(name)),
  };
}

/** What one answer is like. */
export function answerTraits(answer: string | undefined): Pick<Traits, "answer" | "answerHash"> {
  if (answer === undefined) return { answer: undefined, answerHash: undefined };
  return { answer: isJsonValue(answer) ? "json" : "prose", answerHash: fingerprint(answer) };
}

function isJsonValue(text: string): boolean {
  const plain = text.trim();
  if (!(plain.startsWith("{") && plain.endsWith("}")) && !(plain.startsWith("[") && plain.endsWith("]"))) return false;
  try {
    JSON.parse(plain);
    return true;
  } catch {
    return false;
  }
}
