import { elements, endOf, properties, property, readTree, type Node } from "../json-node.ts";
import { shorten } from "./excerpt.ts";
import { recordTokens, type CountTokens } from "./tokens.ts";

/** A record in a line, and its messages where it has any. Offsets are in UTF-16 units of the line. */
export interface RecordOutline {
  /** What is asked first, or else what is said first, cut to a line. */
  readonly title: string;
  /** Who speaks, in order, such as `system user assistant`; the keys of a record that is no conversation. */
  readonly roles: readonly string[];
  readonly tokens: number;
  readonly parts: readonly { readonly name: string; readonly text: string; readonly start: number; readonly end: number }[];
}

const longest = 60;
const mostParts = 50;
const roleKeys = ["role", "from"] as const;
const contentKeys = ["content", "value", "parts", "text"] as const;

/** The outline of a line; undefined for what is no object of JSON. `count` counts the tokens of a text. */
export function outlineRecord(line: string, count: CountTokens): RecordOutline | undefined {
  const tree = readTree(line);
  if (tree?.type !== "object") return undefined;
  const parts = properties(tree).flatMap(({ name, value }) => {
    const messages = value.type === "array" ? elements(value).filter((element) => roleOf(element) !== undefined) : [];
    return messages.length > 0 ? messages.map((message) => ({ name: roleOf(message) ?? "", text: sayingOf(message), start: message.offset, end: endOf(message) })) : value.type === "string" ? [{ name, text: shorten(String(value.value), longest), start: value.offset, end: endOf(value) }] : [];
  });
  const first = parts.find(({ name }) => ["user", "human", "prompt", "instruction", "question"].includes(name)) ?? parts[0];
  return { title: first?.text ?? "", roles: parts.map(({ name }) => name), tokens: recordTokens(line, count).tokens, parts: parts.slice(0, mostParts) };
}

function roleOf(message: Node): string | undefined {
  for (const key of roleKeys) {
    const role = property(message, key);
    if (role?.type === "string") return String(role.value);
  }
  return undefined;
}

function sayingOf(message: Node): string {
  for (const key of contentKeys) {
    const content = property(message, key);
    if (content?.type === "string") return shorten(String(content.value), longest);
    const text = elements(content).map((part) => property(part, "text")).find((each) => each?.type === "string");
    if (text) return shorten(String(text.value), longest);
  }
  return property(message, "tool_calls") ? "calls a tool" : "";
}
