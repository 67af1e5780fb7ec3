import { textsOf } from "./dialogue.ts";
import { fingerprint } from "./fingerprint.ts";
import { endOf, properties } from "./json-node.ts";
import { mediaOf } from "./media.ts";
import type { DatasetRecord } from "./record.ts";

/** What the texts of a record are like, as far as rules compare records with one another; a few bytes. */
export interface Traits {
  /** Whether the last answer is an object or list of JSON, or other text; undefined where there is none. */
  readonly answer: "json" | "prose" | undefined;
  /** Whether an answer reasons between tags such as `<think>`. */
  readonly reasons: boolean;
  /** The hash of the last answer. */
  readonly answerHash: string | undefined;
  /** The hash of a short last answer in which letter case and white space do not count: labels that differ in nothing else share it. */
  readonly labelHash: string | undefined;
  /** The hash of the user's last text, of a long one that of its ends and its length: enough to tell whether all ask the same. */
  readonly questionHash: string | undefined;
  /** Whether the record shows images or videos. */
  readonly media: "images" | "videos" | undefined;
  /** The names of a record's keys beside those of its format. */
  readonly furtherKeys: readonly string[];
  /** What stands under them, where any do: the hash of it all, and the characters of the values together. */
  readonly grader?: { readonly hash: string; readonly characters: number };
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
  const turns = record.dialogues.flatMap((dialogue) => dialogue.turns);
  const questions = [
    ...record.texts.filter(({ purpose }) => purpose === "question").map(({ node }) => node),
    ...turns.filter(({ speaker }) => speaker === "user").flatMap((turn) => textsOf(turn)),
  ];
  const further = properties(record.tree).filter(({ name }) => !formatKeys.includes(name));
  const values = further.map(({ value }) => (value.type === "string" ? String(value.value) : record.text.slice(value.offset, endOf(value))));
  const kinds = turns.flatMap((turn) => mediaOf(turn).map(({ kind }) => kind));
  return {
    ...answerTraits(answers.at(-1)),
    ...questionTraits(questions.map(({ value }) => String(value)).filter((text) => text !== "").at(-1)),
    reasons: answers.some((answer) => reasoningTag.test(answer)),
    media: kinds.includes("video") ? "videos" : kinds.includes("image") ? "images" : undefined,
    furtherKeys: further.map(({ name }) => name),
    ...(further.length > 0 ? { grader: { hash: fingerprint(JSON.stringify(values)), characters: values.reduce((sum, { length }) => sum + length, 0) } } : {}),
  };
}

/** What one answer is like. */
export function answerTraits(answer: string | undefined): Pick<Traits, "answer" | "answerHash" | "labelHash"> {
  if (answer === undefined) return { answer: undefined, answerHash: undefined, labelHash: undefined };
  return { answer: isJsonValue(answer) ? "json" : "prose", answerHash: fingerprint(answer), labelHash: answer.length > longest.label ? undefined : fingerprint(answer.trim().replace(/\s+/g, " ").toLowerCase()) };
}

/** What one question is like. */
export function questionTraits(question: string | undefined): Pick<Traits, "questionHash"> {
  if (question === undefined) return { questionHash: undefined };
  const { end } = longest;
  return { questionHash: fingerprint(question.length <= 2 * end ? question : `${question.slice(0, end)}${question.slice(-end)}${question.length}`) };
}

/** Characters of a label, and of each end of a question that is looked at. */
const longest = { label: 40, end: 64 };

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
