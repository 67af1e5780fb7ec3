import { applyEdits, modify, type JSONPath } from "jsonc-parser";
import { canonical } from "./canonical.ts";
import { newCallId } from "./call-id.ts";
import { elements, endOf, property, readTree, type Node } from "./json-node.ts";
import { isJson } from "./json-syntax.ts";
import { editRecord } from "./record-edit.ts";
import type { Replacement } from "./text.ts";

/** What an assistant says: a text, calls of tools, or both. */
export interface Answer {
  /** Empty where it only calls. */
  readonly content: string;
  readonly calls: readonly { readonly name: string; readonly arguments: unknown }[];
}

/**
 * What makes of a chat record on one line the same record with another answer in its last assistant message; offsets are of `line`. Every other byte stays. Calls keep their
 * ids, and arguments that are the same stay as they are written. A weight of 0 becomes 1, because a corrected answer is there to be learned. Throws an Error for a
 * line without an answer.
 */
export function replaceAnswer(line: string, { content, calls }: Answer): readonly Replacement[] {
  const index = lastAnswer(line);
  const message = messageAt(line, index);
  if (!message) throw new Error("The record has no message from the assistant.");
  const path = ["messages", index];
  let edited = line;
  const set = (at: JSONPath, value: unknown): void => void (edited = applyEdits(edited, modify(edited, at, value, {})));

  const before = property(message, "content");
  const silent = before === undefined || before.type === "null" || before.value === "";
  if (content === "" && calls.length > 0 ? !silent : before?.type !== "string" || before.value !== content) set([...path, "content"], content === "" && calls.length > 0 ? null : content);
  if (property(message, "weight")?.value === 0) set([...path, "weight"], 1);

  const written = property(message, "tool_calls");
  if (written && calls.length === 0) set([...path, "tool_calls"], undefined);
  else if (written?.type === "array") {
    const items = elements(written);
    if (items.length > calls.length) edited = withoutCalls(edited, index, calls.length);
    replaceCalls(items.slice(0, calls.length), calls, (at, value) => set([...path, "tool_calls", ...at], value));
  }
  else if (calls.length > 0) set([...path, "tool_calls"], calls.map((call, place) => newCall(call, place, new Set())));
  return editRecord(line, asWritten(edited, line));
}

/** The place of the last assistant message; -1 where there is none. */
function lastAnswer(line: string): number {
  return elements(property(readTree(line), "messages")).findLastIndex((message) => property(message, "role")?.value === "assistant");
}

function messageAt(line: string, index: number): Node | undefined {
  return elements(property(readTree(line), "messages"))[index];
}

type Call = Answer["calls"][number];

/** The line with as many calls as that, the first ones; jsonc-parser takes away the last element of a list only where it is laid out over several lines. */
function withoutCalls(line: string, index: number, kept: number): string {
  const items = elements(property(messageAt(line, index), "tool_calls"));
  const [last, end] = [items[kept - 1], items.at(-1)];
  return last && end ? line.slice(0, endOf(last)) + line.slice(endOf(end)) : line;
}

/** Calls are told apart by their place, because a record has few. */
function replaceCalls(written: readonly Node[], calls: readonly Call[], set: (at: JSONPath, value: unknown) => void): void {
  const ids = new Set(written.map((call) => String(property(call, "id")?.value)));
  for (const [place, call] of calls.entries()) {
    const called = property(written[place], "function");
    if (!called) {
      set([place], newCall(call, place, ids));
      continue;
    }
    if (property(called, "name")?.value !== call.name) set([place, "function", "name"], call.name);
    const given = property(called, "arguments");
    if (isSame(given, call.arguments)) continue;
    set([place, "function", "arguments"], given?.type === "object" ? call.arguments : textOf(call.arguments));
  }
}

function newCall(call: Call, place: number, taken: ReadonlySet<string>): object {
  return { id: newCallId(`${call.name} ${place}`, taken), type: "function", function: { name: call.name, arguments: textOf(call.arguments) } };
}

/** Arguments that are written as a text are the same as the value that they are the JSON of. */
function isSame(given: Node | undefined, value: unknown): boolean {
  if (!given) return false;
  const written = given.type === "string" && isJson(String(given.value)) ? readTree(String(given.value)) : given;
  const wanted = readTree(JSON.stringify(value));
  return given.value === value || (written !== undefined && wanted !== undefined && canonical(written) === canonical(wanted));
}

function textOf(given: unknown): string {
  return typeof given === "string" ? given : JSON.stringify(given);
}

/** New texts are escaped as the line's are: by Python's `json.dumps` no character is other than ASCII. Line separators would end the line for some readers. */
function asWritten(edited: string, line: string): string {
  const ascii = /\\u[\da-f]{4}/i.test(line) && /^[\0-\x7f]*$/.test(line);
  return edited.replaceAll(ascii ? /[^\0-\x7f]/g : /[\u2028\u2029]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
