import { textsOf } from "./dialogue.ts";
import { endOf, properties } from "./json-node.ts";
import { mediaOf } from "./media.ts";
import { hashNumber, hashText } from "./murmur-hash.ts";
import { textHash } from "./record-fingerprint.ts";
import type { DatasetRecord } from "./record.ts";

/** What the texts of a record are like, as far as rules compare records with one another; a few bytes. */
export interface Traits {
  /** Whether the last answer is an object or list of JSON, or other text; undefined where there is none. */
  readonly answer: "json" | "prose" | undefined;
  /** Whether an answer reasons between tags such as `<think>`. */
  readonly reasons: boolean;
  /** The hash of the last answer. */
  readonly answerHash: number | undefined;
  /** The hash of a short last answer in which letter case and white space do not count: labels that differ in nothing else share it. */
  readonly labelHash: number | undefined;
  /** The hash of the user's last text. */
  readonly questionHash: number | undefined;
  /** Whether the record shows images or videos. */
  readonly media: "images" | "videos" | undefined;
  /** The names of a record's keys beside those of its format. */
  readonly furtherKeys: readonly string[];
  /** What stands under them, where any do: the hash of it all, and the characters of the values together. */
  readonly grader: { readonly hash: number; readonly characters: number } | undefined;
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
  return toTraits(answerTraits(answers.at(-1)), {
    ...questionTraits(questions.map(({ value }) => String(value)).filter((text) => text !== "").at(-1)),
    reasons: answers.some((answer) => reasoningTag.test(answer)),
    media: kinds.includes("video") ? "videos" : kinds.includes("image") ? "images" : undefined,
    furtherKeys: further.map(({ name }) => name),
    grader: further.length > 0 ? { hash: hashNumber(hashText(JSON.stringify(values))), characters: values.reduce((sum, { length }) => sum + length, 0) } : undefined,
  });
}

type AnswerTraits = Pick<Traits, "answer" | "answerHash" | "labelHash">;

/** Traits of one shape in memory: an object that is made by spreading others gets a shape of its own in V8, and rules then read it a hundred times slower. */
export function toTraits({ answer, answerHash, labelHash }: AnswerTraits, { questionHash, reasons, media, furtherKeys, grader }: Omit<Traits, keyof AnswerTraits>): Traits {
  return { answer, reasons, answerHash, labelHash, questionHash, media, furtherKeys, grader };
}

/** What one answer is like. `hash` is that of the text, where it is known. */
export function answerTraits(answer: string | undefined, hash = answer === undefined ? undefined : textHash(answer)): AnswerTraits {
  if (answer === undefined || !hash) return { answer: undefined, answerHash: undefined, labelHash: undefined };
  return { answer: isJsonValue(answer) ? "json" : "prose", answerHash: hashNumber(hash), labelHash: answer.length > longestLabel ? undefined : hashNumber(hashText(answer.trim().replace(/\s+/g, " ").toLowerCase())) };
}

/** What one question is like. */
export function questionTraits(question: string | undefined): Pick<Traits, "questionHash"> {
  return { questionHash: question === undefined ? undefined : hashNumber(textHash(question)) };
}

/** Characters of a label. */
export const longestLabel = 64;

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
