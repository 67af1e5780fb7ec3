import { readAmount } from "../../dataset/shape/read-amount.ts";
import { ConditionError, readCondition } from "../../dataset/shape/condition.ts";
import { readRenames } from "../../dataset/shape/rename-keys.ts";
import type { Shape } from "../../dataset/shape/shape.ts";

/** One kind of shaping, as it is offered and asked for. */
export interface ShapeQuestion {
  readonly kind: Shape["kind"];
  readonly label: string;
  readonly detail: string;
  /** What is asked of it besides; nothing where it needs no word. */
  readonly prompt?: string;
  readonly value: string;
  /** Why an answer cannot be taken; undefined where it can. */
  readonly refuse: (text: string) => string | undefined;
  readonly shape: (text: string) => Shape;
  /** The parts of the name of what is written: of a split one for each part. */
  readonly outs: (text: string) => readonly string[];
}

const seed = 1;
const strata = "label";
const nothing = (): undefined => undefined;
const shares = (text: string): number[] => text.split(",").map((each) => Number(each.trim().replace(/%$/, "")) / 100);

/** Every kind of shaping, in the order in which it is offered. Records are told apart by the labels that they answer with, where they do. */
export const shapeQuestions: readonly ShapeQuestion[] = [
  {
    kind: "split", label: "Split", detail: "Keeps a share back for validation, and for tests: each label in proportion, and what is equal, nearly equal or of one conversation together",
    prompt: "How many percent of the records are kept back for validation; with a comma, for tests too, such as 10, 10.", value: "10",
    refuse: (text) => (shares(text).length < 3 && shares(text).every((share) => share > 0) && shares(text).reduce((sum, share) => sum + share, 0) < 1 ? undefined : "One percentage or two with a comma between them: each is above 0, and both together are below 100."),
    shape: (text) => ({ kind: "split", heldOut: shares(text).map((share) => ({ share })), seed, strata, similarity: 0.8 }),
    outs: (text) => ["train", "validation", "test"].slice(0, shares(text).length + 1),
  },
  {
    kind: "sample", label: "Sample", detail: "Takes some of the records, each label in proportion", prompt: "How many records: a number, or a share such as 10%.", value: "1000",
    refuse: (text) => (readAmount(text) ? undefined : "A number of records, or a share such as 10%."),
    shape: (text) => ({ kind: "sample", amount: readAmount(text) ?? { share: 1 }, seed, strata }), outs: () => ["sample"],
  },
  {
    kind: "balance", label: "Balance Labels", detail: "Takes as many records of each label as of the rarest, or as many as you say at most", prompt: "The most records of one label; empty for as many as the rarest has.", value: "",
    refuse: (text) => (text.trim() === "" || /^[1-9]\d*$/.test(text.trim()) ? undefined : "A number from 1, or nothing."),
    shape: (text) => ({ kind: "balance", ...(text.trim() === "" ? {} : { amount: { records: Number(text) } }), seed, strata }), outs: () => ["balanced"],
  },
  { kind: "shuffle", label: "Shuffle", detail: "Writes the records in another order", value: "", refuse: nothing, shape: () => ({ kind: "shuffle", seed }), outs: () => ["shuffled"] },
  {
    kind: "filter", label: "Filter", detail: "Takes the records for which a condition holds", value: "",
    prompt: 'A condition, such as size(messages) > 2 && !answer.contains("sorry"). Known are the record\'s keys, record, answer, line and characters.',
    refuse: (text) => refusalOf(() => readCondition(text)), shape: (text) => ({ kind: "filter", where: text }), outs: () => ["filtered"],
  },
  {
    kind: "rename", label: "Rename Keys", detail: "Gives keys of the records other names; nothing else changes", prompt: "old=new with commas between, such as instruction=prompt, output=completion; in lists and objects conversations.from=role.", value: "",
    refuse: (text) => refusalOf(() => readRenames(text)), shape: (text) => ({ kind: "rename", keys: text }), outs: () => ["renamed"],
  },
  { kind: "deduplicate", label: "Keep One of Each", detail: "Takes of records that are equal or nearly equal the first", value: "", refuse: nothing, shape: () => ({ kind: "deduplicate", similarity: 0.8 }), outs: () => ["unique"] },
  { kind: "approved", label: "Approved Records", detail: "Takes the records that reviewers have approved as they are, and none has rejected", value: "", refuse: nothing, shape: () => ({ kind: "approved" }), outs: () => ["approved"] },
  { kind: "merge", label: "Merge", detail: "Writes the records of several datasets one after the other, each record once", value: "", refuse: nothing, shape: () => ({ kind: "merge", unique: true }), outs: () => ["merged"] },
];

function refusalOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof ConditionError || error instanceof RangeError) return error.message;
    throw error;
  }
}
