import { endOf, properties, readTree, type Node } from "../json-node.ts";
import { isJson } from "../json-syntax.ts";

/** Valid JSON on one line, kept as it was written: a JavaScript value would round `12345678901234567890`, turn `1.0` into `1` and drop a key that stands twice. */
export interface JsonText {
  readonly jsonText: string;
}

/** What a record is written from: plain values, and stretches of JSON that are put in as they are. Keys without a value are left out. */
export type Json = null | boolean | string | JsonText | readonly Json[] | JsonObject;

/** An object that is written key by key, in their order. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** The value as JSON on one line. */
export function writeJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(writeJson).join(",")}]`;
  if (isJsonText(value)) return value.jsonText;
  const written = Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [`${JSON.stringify(key)}:${writeJson(item)}`]));
  return `{${written.join(",")}}`;
}

/** A node's JSON as it was written, on one line. */
export function jsonTextOf(node: Node, text: string): JsonText {
  const written = text.slice(node.offset, endOf(node));
  return { jsonText: /[\n\r]/.test(written) ? layOut(node, text) : written };
}

/** The JSON object that a text is; `undefined` for any other text. */
export function readObjectText(text: string): JsonText | undefined {
  if (!/^\s*\{/.test(text) || !isJson(text)) return undefined;
  const tree = readTree(text);
  return tree?.type === "object" ? jsonTextOf(tree, text) : undefined;
}

/** One line for JSON that stands on several; laid out as Python's `json.dumps` does, which most datasets are written by. */
function layOut(node: Node, text: string): string {
  if (node.type === "array") return `[${(node.children ?? []).map((child) => layOut(child, text)).join(", ")}]`;
  if (node.type !== "object") return text.slice(node.offset, endOf(node));
  return `{${properties(node).map(({ key, value }) => `${text.slice(key.offset, endOf(key))}: ${layOut(value, text)}`).join(", ")}}`;
}

function isList(value: Exclude<Json, null | boolean | string>): value is readonly Json[] {
  return Array.isArray(value);
}

function isJsonText(value: JsonText | JsonObject): value is JsonText {
  return "jsonText" in value;
}
