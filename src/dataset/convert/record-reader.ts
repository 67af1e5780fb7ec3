import { elements, properties, type Node } from "../json-node.ts";
import { jsonTextOf, type JsonText } from "./json-text.ts";
import { Refusal } from "./loss.ts";

/** The text of a record, and where its reader tells what it leaves over: the place, and what stands there, such as "it". */
export interface RecordText {
  readonly text: string;
  readonly leave: (path: string, what: string) => void;
}

/** A value with its place in the record. */
export interface Value {
  readonly node: Node;
  readonly path: string;
  readonly record: RecordText;
}

/** An object that is read key by key. What nobody took is left over, so that no reader can forget a key. */
export interface ObjectReader {
  readonly path: string;
  readonly record: RecordText;
  /** The place of a key. */
  at(name: string): string;
  /** The value of the first of these keys that has one; null says nothing and counts as missing. */
  take(...names: readonly string[]): Value | undefined;
  /** Likewise, for a text. Throws a Refusal when it is none. */
  takeText(...names: readonly string[]): string | undefined;
  /** Tells every key that was not taken as left over. */
  finish(): void;
}

/** Opens an object to be read. Throws a Refusal when the value is none. */
export function openObject({ node, path, record }: Value): ObjectReader {
  if (node.type !== "object") throw new Refusal(`${path || "the record"} is ${kindOf(node)}; expected an object`);
  const values = new Map<string, Node>();
  for (const { name, value } of properties(node)) {
    if (values.has(name)) record.leave(placeOf(path, name), "two values of one key");
    values.set(name, value);
  }
  const take = (...names: readonly string[]): Value | undefined => {
    for (const name of names) {
      const value = values.get(name);
      if (!value) continue;
      values.delete(name);
      if (value.type !== "null") return { node: value, path: placeOf(path, name), record };
    }
    return undefined;
  };
  return {
    path,
    record,
    at: (name) => placeOf(path, name),
    take,
    takeText: (...names) => {
      const value = take(...names);
      return value && textOf(value);
    },
    finish: () => {
      for (const [name, value] of values) if (value.type !== "null") record.leave(placeOf(path, name), "it");
    },
  };
}

/** The text that a value is. Throws a Refusal when it is none. */
export function textOf({ node, path }: Value): string {
  if (node.type !== "string") throw new Refusal(`${path} is ${kindOf(node)}; expected text`);
  return String(node.value);
}

/** The elements of a list. Throws a Refusal when the value is none. */
export function listOf({ node, path, record }: Value): readonly Value[] {
  if (node.type !== "array") throw new Refusal(`${path} is ${kindOf(node)}; expected a list`);
  return elements(node).map((element, index) => ({ node: element, path: `${path}[${index}]`, record }));
}

/** A value's JSON as it was written. */
export function writtenOf({ node, record }: Value): JsonText {
  return jsonTextOf(node, record.text);
}

/** True or false. Throws a Refusal when the value is neither. */
export function booleanOf({ node, path }: Value): boolean {
  if (node.type !== "boolean") throw new Refusal(`${path} is ${kindOf(node)}; expected true or false`);
  return node.value === true;
}

/** What a node is, in words such as "a list". */
export function kindOf({ type }: Node): string {
  return type === "null" ? "null" : type === "boolean" ? "true or false" : type === "string" ? "text" : type === "number" ? "a number" : type === "array" ? "a list" : "an object";
}

function placeOf(path: string, name: string): string {
  if (!/^[\w-]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}
