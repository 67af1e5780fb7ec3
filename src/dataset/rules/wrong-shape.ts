import type * as z from "zod";
import { unwrapText } from "../embedded-json.ts";
import { findFormat } from "../formats/index.ts";
import { elements, endOf, properties, property, type Node } from "../json-node.ts";
import { isJson } from "../json-syntax.ts";
import { misspeltKey } from "../misspelling.ts";
import { quote, shorten } from "../quote.ts";
import type { Problem, RecordRule } from "./rule.ts";

type Issue = z.core.$ZodIssue;

/** Holds each record to the schema of its format, and tells of each value that lacks or is of another type at its own characters. */
export const wrongShape: RecordRule = {
  id: "wrong-shape",
  severity: "error",
  summary: "A record lacks a part of its format, or has one of another type: no list of messages, a message without a role, a number for a text.",
  explanation: "Every format says which keys hold what. Servers check the same before training and refuse the whole file for one record; the message often names only the example. Write the value as the format has it, or remove the record.",
  source: "https://github.com/openai/openai-openapi (FineTuneChatRequestInput, FineTunePreferenceRequestInput, FineTuneReinforcementRequestInput)",
  *check({ text, tree, format, accepted }, { messagesAsText, title }) {
    if (!tree || !format || !accepted) return;
    const list = property(tree, "messages");
    if (messagesAsText && list?.type === "string" && isList(String(list.value))) {
      const at = { start: list.offset, end: endOf(list) };
      const json = unwrapText(String(list.value));
      const fixes = json === undefined ? [] : [{ title: "Write the list itself", safe: false, edits: [{ ...at, text: json }] }];
      yield { ...at, severity: "information", message: `messages is JSON in a string, which ${title} reads; what it holds is not checked here. Write the list itself to have it checked.`, fixes };
      return;
    }
    const read = findFormat(format).schema.safeParse(JSON.parse(text));
    if (read.success) return;
    for (const issue of read.error.issues.flatMap((each) => innermost(each))) {
      const problem = toProblem(issue, tree);
      if (problem) yield problem;
    }
  },
};

function isList(json: string): boolean {
  return isJson(json) && Array.isArray(JSON.parse(json));
}

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly expected: string;
}

/** Of the ways in which a value may be written, the one whose outer type is right says what lacks inside. */
function innermost(issue: Issue): readonly Fault[] {
  const { path, message } = issue;
  if (issue.code !== "invalid_union") return [{ path, expected: message }];
  const meant = issue.errors.find((issues) => issues.length > 0 && issues.every((each) => each.path.length > 0));
  if (meant) return meant.flatMap((each) => innermost({ ...each, path: [...path, ...each.path] } as Issue));
  // Of a part whose type is none that is known, the part is told, and not its type alone.
  return [{ path: issue.errors.length === 0 && path.at(-1) === "type" ? path.slice(0, -1) : path, expected: message }];
}

function toProblem({ path, expected }: Fault, tree: Node): Problem | undefined {
  let node = tree;
  let written = "";
  for (const step of path) {
    const child = typeof step === "number" ? elements(node)[step] : property(node, String(step));
    if (!child) {
      // Of a key in the wrong letter case `misspelt-key` tells.
      if (typeof step === "string" && misspeltKey(node, step)) return undefined;
      const where = written === "" ? "This record" : written;
      return { start: node.offset, end: endOf(node), message: `${where} has no ${quote(String(step))}; expected ${expected}.` };
    }
    node = child;
    written += typeof step === "number" ? `[${step}]` : written === "" ? shorten(String(step)) : `.${shorten(String(step))}`;
  }
  return { start: node.offset, end: endOf(node), message: `${written || "This record"} is ${found(node)}; expected ${expected}.` };
}

const words: Readonly<Record<string, string>> = { array: "a list", string: "a string", number: "a number", null: "null" };

function objectWords(names: readonly string[]): string {
  if (names.length === 0) return "an empty object";
  const shown = names.slice(0, 3).map((name) => quote(name, 30));
  return `an object with ${shown.join(", ")}${names.length > 3 ? " and more" : ""}`;
}

function found(node: Node): string {
  if (node.type === "boolean") return String(node.value);
  if (node.type === "number") return `the number ${String(node.value)}`;
  const type = property(node, "type");
  if (node.type === "object" && type) return `an object of type ${shorten(JSON.stringify(type.value ?? null))}`;
  if (node.type === "string" && String(node.value).length <= 40) return JSON.stringify(node.value);
  if (node.type === "object") return objectWords(properties(node).map(({ name }) => name));
  return words[node.type] ?? node.type;
}
