import type { ChatMessage } from "./model.ts";

/** What tells conversations apart: how a record's began. */
interface Begun {
  readonly prompt: readonly Pick<ChatMessage, "role" | "content">[];
  readonly reference: string;
}

const known = new WeakMap<readonly Begun[], readonly (string | undefined)[]>();

/** As in the search for leaks: what begins with fewer words may be anybody's greeting, and what more records and a larger share begin with is a template. */
const fewestWords = 5;
const template = { records: 20, share: 0.01 };

/**
 * The conversation that each record is of, where others are of it too; undefined where it stands alone. Records are of one conversation when its first question and the first answer to
 * it are the same, whatever the system message: a chat that was cut into a record for each of its turns. Such records are not independent (Miller, arXiv 2411.00640, section 2.2).
 */
export function conversationsOf(records: readonly Begun[]): readonly (string | undefined)[] {
  const before = known.get(records);
  if (before) return before;
  const keys = records.map(beginningOf);
  const counts = new Map<string, number>();
  for (const key of keys) if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  const isShared = (count: number): boolean => count > 1 && !(count > template.records && count > template.share * records.length);
  const found = keys.map((key) => (key !== undefined && isShared(counts.get(key) ?? 0) ? key : undefined));
  known.set(records, found);
  return found;
}

function beginningOf({ prompt, reference }: Begun): string | undefined {
  const question = prompt.find(({ role }) => role === "user")?.content ?? "";
  if (question.trim().split(/\s+/).length < fewestWords) return undefined;
  const answer = prompt.find(({ role }) => role === "assistant");
  return JSON.stringify([question, answer?.content ?? reference]);
}
