import { howCut } from "./cut-answer.ts";
import { recordFingerprint } from "./record-fingerprint.ts";
import type { Hash } from "./murmur-hash.ts";
import type { Target } from "./targets/target.ts";
import { reasoningTag } from "./traits.ts";

/** A record that is proven clean: by what equal records are known, and what its texts are like. */
export interface ProvenRecord {
  readonly fingerprint: Hash;
  /** The last answer, and what the user said last. */
  readonly answer: string;
  readonly question: string | undefined;
  readonly reasons: boolean;
}

/** What any rule can only say of more messages; and what takes too long to be parsed twice. */
const most = { messages: 64, characters: 1 << 20 };

/** Whole texts that programs write where they had none. */
export const nullTexts: readonly string[] = ["null", "NULL", "None", "nan", "NaN", "undefined", "[object Object]"];

/**
 * Proves, without building a tree, that no record rule has anything to say of a record: a chat of nothing but roles and texts, the user and the
 * assistant in turn behind at most one system message, in which none of the rules' markers stands. Undefined where the rules must look.
 * Most records of most datasets are of this kind, and a tree costs many times what parsing does.
 */
export function provenClean(text: string, target: Target, markers: readonly string[]): ProvenRecord | undefined {
  if (text.length > Math.min(most.characters, target.tokens?.limit ?? most.characters) || /[\r\n]/.test(text) || markers.some((marker) => text.includes(marker))) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const plain = plainChat(value, target);
  if (plain === undefined) return undefined;
  const written = JSON.stringify(value);
  // An escape can hide a marker: what is written "\u003c|" means "<|".
  if (/\\[u/]/.test(text) && markers.some((marker) => written.includes(marker))) return undefined;
  return written === text || hasNoMemberTwice(text, written) ? { ...plain, fingerprint: recordFingerprint(value) } : undefined;
}

/** What a plain chat says. */
function plainChat(value: unknown, { roles, formats, method }: Target): Omit<ProvenRecord, "fingerprint"> | undefined {
  if (method !== "sft" || !formats.includes("chat") || !isObject(value) || Object.keys(value).length !== 1) return undefined;
  const { messages } = value;
  if (!Array.isArray(messages) || messages.length > most.messages) return undefined;
  let expected = "user";
  let answer: string | undefined;
  let question: string | undefined;
  let reasons = false;
  for (const [index, message] of (messages as readonly unknown[]).entries()) {
    if (!isObject(message) || Object.keys(message).length !== 2) return undefined;
    const { role, content } = message;
    if (typeof content !== "string" || content.trim() === "" || nullTexts.includes(content.trim()) || !(roles as readonly unknown[]).includes(role)) return undefined;
    if (index === 0 && (role === "system" || role === "developer")) continue;
    if (role !== expected) return undefined;
    if (expected === "user") {
      question = content;
      answer = undefined;
    } else {
      if (content.trim() !== content || howCut(content) !== undefined) return undefined;
      reasons ||= reasoningTag.test(content);
      answer = content;
    }
    expected = expected === "user" ? "assistant" : "user";
  }
  return answer === undefined ? undefined : { answer, question, reasons };
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
