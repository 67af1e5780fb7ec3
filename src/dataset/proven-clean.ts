import type { Target } from "./targets/target.ts";

/**
 * Proves, without building a tree, that no record rule has anything to say of a line: a chat record of nothing but roles that the target knows and
 * text, the assistant's last. Gives the record as JSON writes it, by which equal records are known; undefined where the rules must look.
 * Most lines of most datasets are of this kind, and a tree costs many times what parsing does.
 */
export function provenClean(text: string, target: Target): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isPlainChat(value, target)) return undefined;
  const written = JSON.stringify(value);
  return written === text || hasNoMemberTwice(text, written) ? written : undefined;
}

function isPlainChat(value: unknown, { roles, formats }: Target): boolean {
  if (!formats.includes("chat") || !isObject(value) || Object.keys(value).length !== 1) return false;
  const { messages } = value;
  if (!Array.isArray(messages) || messages.length === 0) return false;
  for (const message of messages as readonly unknown[]) {
    if (!isObject(message) || Object.keys(message).length !== 2) return false;
    const { role, content } = message;
    if (typeof role !== "string" || !roles.includes(role) || typeof content !== "string" || content.trim() === "") return false;
  }
  return (messages.at(-1) as { role: string }).role === "assistant";
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
