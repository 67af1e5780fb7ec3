import type { Target } from "./targets/target.ts";

/** A record that is proven clean: as JSON writes it, by which equal records are known, and its last answer. */
export interface ProvenRecord {
  readonly written: string;
  readonly answer: string;
}

/** What any rule can only say of longer texts, and of more messages. */
const most = { messages: 64, characters: 8192 };

/**
 * Proves, without building a tree, that no record rule has anything to say of a record: a chat of nothing but roles and texts, the user and the
 * assistant in turn behind at most one system message, in which none of the rules' markers stands. Undefined where the rules must look.
 * Most records of most datasets are of this kind, and a tree costs many times what parsing does.
 */
export function provenClean(text: string, target: Target, markers: readonly string[]): ProvenRecord | undefined {
  if (text.length > most.characters || /[\r\n]/.test(text) || markers.some((marker) => text.includes(marker))) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const answer = plainAnswer(value, target);
  if (answer === undefined) return undefined;
  const written = JSON.stringify(value);
  return written === text || hasNoMemberTwice(text, written) ? { written, answer } : undefined;
}

/** The last answer of a plain chat. */
function plainAnswer(value: unknown, { roles, formats, method }: Target): string | undefined {
  if (method !== "sft" || !formats.includes("chat") || !isObject(value) || Object.keys(value).length !== 1) return undefined;
  const { messages } = value;
  if (!Array.isArray(messages) || messages.length > most.messages) return undefined;
  let expected = "user";
  let answer: string | undefined;
  for (const [index, message] of (messages as readonly unknown[]).entries()) {
    if (!isObject(message) || Object.keys(message).length !== 2) return undefined;
    const { role, content } = message;
    if (typeof content !== "string" || content === "" || content.trim() !== content || !(roles as readonly unknown[]).includes(role)) return undefined;
    if (index === 0 && (role === "system" || role === "developer")) continue;
    if (role !== expected) return undefined;
    if (expected === "assistant" && !endsPlainly(content)) return undefined;
    answer = expected === "assistant" ? content : undefined;
    expected = expected === "user" ? "assistant" : "user";
  }
  return answer;
}

/** Whether an answer is short, or ends as whole sentences, lists, code and numbers do. */
export function endsPlainly(answer: string): boolean {
  return answer.length <= 200 || /[.!?"'`)\]}:;>*\d]$/.test(answer);
}

/**
 * Whether parsing has dropped nothing: of a key that stands twice it keeps one member, and what it drops has quotation marks. An escape is the
 * only other way in which a text and what it means can differ in their number.
 */
function hasNoMemberTwice(text: string, written: string): boolean {
  return !text.includes("\\u0022") && countQuotes(text) === countQuotes(written);
}

function countQuotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count++;
  return count;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
