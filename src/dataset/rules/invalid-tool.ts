import { escapeText, unwrapText, writtenText } from "../embedded-json.ts";
import { elements, endOf, property, type Node } from "../json-node.ts";
import { compileSchema } from "../json-schema.ts";
import { isJson } from "../json-syntax.ts";
import { quote, shorten } from "../quote.ts";
import type { DatasetRecord } from "../record.ts";
import type { ToolLimits } from "../targets/target.ts";
import { nameOf, toolsOf, type DeclaredTool, type ToolList } from "../tools.ts";
import { severityOf, type Problem, type RecordRule } from "./rule.ts";

export const invalidTool: RecordRule = {
  id: "invalid-tool",
  severity: "error",
  summary: "A tool's definition is one that no API takes: its name, its parameters, or the list itself.",
  explanation: "Names are made of at most 64 letters, digits, `_` and `-`; parameters are a JSON Schema of the type object. Mistral wants a description and parameters of each tool. A list that stands as JSON in a string is taken by TRL, Axolotl and LLaMA-Factory only; elsewhere it is unwrapped.",
  source: "https://github.com/openai/openai-openapi (FunctionObject)",
  *check(record, { tools: limits, title }) {
    if (limits === "refused") return;
    for (const list of toolsOf(record).lists) {
      const severity = severityOf(limits.definitions) ?? "error";
      for (const problem of judgeList(list, limits, title, record)) yield { severity, ...problem };
      for (const tool of list.tools) for (const problem of [...judgeName(tool, title), ...judgeParameters(tool, limits, title, record)]) yield { severity, ...problem };
    }
  },
};

function* judgeList({ name, value, items, depth, unread }: ToolList, { definitionsAsText }: ToolLimits, title: string, { format }: DatasetRecord): Generator<Problem> {
  const at = { start: value.offset, end: endOf(value) };
  if (value.type === "string" && (!items || (depth === 0 && definitionsAsText !== "taken"))) {
    yield { ...at, severity: "error", message: `"${name}" is a string that ${items ? "is blank" : isJson(String(value.value)) ? "holds no list" : "is no JSON"}; expected a list of tools.` };
  } else if (depth > 0) {
    const severity = severityOf(definitionsAsText);
    const json = unwrapText(String(value.value));
    if (severity) yield { ...at, severity, message: `"${name}" is JSON in a string; ${title} expects the list itself.`, fixes: json === undefined ? [] : [{ title: "Write the list itself", safe: true, edits: [{ ...at, text: json }] }] };
  }
  // Lists that stand as they are `wrong-shape` has read, but for ShareGPT's, which may hold anything.
  if (depth === 0 && !format?.startsWith("sharegpt")) return;
  for (const item of unread) yield { start: item.offset, end: endOf(item), message: `This is no tool; expected an object such as {"name": "…", "description": "…", "parameters": {…}}.` };
}

/** `FunctionObject` of OpenAI's specification, which others repeat; Gemini's names may have dots and colons, and begin with no digit. */
const nameForms = { usual: /^[a-zA-Z0-9_-]{1,64}$/, gemini: /^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$/ };

function* judgeName({ node, name, openApi }: DeclaredTool, title: string): Generator<Problem> {
  const written = name ?? property(node, "name");
  if (!written) yield { start: node.offset, end: endOf(node), message: `This tool has no name; expected a string.` };
  else if (!name) yield { start: written.offset, end: endOf(written), message: `The name of a tool is ${written.type === "null" ? "null" : `of type ${written.type}`}; expected a string.` };
  else if (!(openApi ? nameForms.gemini : nameForms.usual).test(String(name.value))) {
    yield { start: name.offset, end: endOf(name), message: `${nameOf({ name })} cannot be a tool's name; ${title} expects 1 to 64 of ${openApi ? "a-z A-Z 0-9 _ . : -, the first no digit" : "a-z A-Z 0-9 _ -"}. Rename it here and in its calls.` };
  }
}

const types = '"object", "string", "number", "integer", "boolean", "array", "null"';

function* judgeParameters(tool: DeclaredTool, { described }: ToolLimits, title: string, { text }: DatasetRecord): Generator<Problem> {
  const { node, description, parameters, depth, openApi } = tool;
  const at = { start: (tool.name ?? node).offset, end: endOf(tool.name ?? node) };
  if (described && description?.type !== "string") yield { ...at, message: `The tool ${nameOf(tool)} has no description; ${title} expects one of each tool.` };
  if (!parameters) {
    if (!described) return;
    const fix = tool.name ? [{ title: "Write empty parameters", safe: false, edits: [{ start: endOf(tool.name), end: endOf(tool.name), text: escapeText(', "parameters": {"type": "object", "properties": {}}', depth) }] }] : [];
    yield { ...at, message: `The tool ${nameOf(tool)} has no parameters; ${title} expects a JSON Schema, be it of no members.`, fixes: property(node, "parameters") ? [] : fix };
    return;
  }
  const { faults, type } = compileSchema(writtenText(text, parameters, depth), openApi);
  for (const { path, words } of faults) {
    const place = path.reduce<Node | undefined>((from, step) => (typeof step === "number" ? elements(from)[step] : property(from, step)), parameters) ?? parameters;
    const told = path.at(-1) === "type" && place.type === "string" ? `is ${quote(String(place.value))}; expected one of ${types}` : words;
    yield { start: place.offset, end: endOf(place), message: `The parameters of ${nameOf(tool)} are no JSON Schema: ${path.length === 0 ? "the value" : shorten(path.join("."), 100)} ${told}.` };
  }
  if (faults.length > 0 || parameters.type !== "object" || type === "object" || (parameters.children ?? []).length === 0) return;
  const typeNode = property(parameters, "type");
  if (typeNode) yield { start: typeNode.offset, end: endOf(typeNode), message: `The parameters of ${nameOf(tool)} are of the type ${shorten(JSON.stringify(type))}; ${title} expects "object", since arguments have names.` };
  else yield { ...at, severity: "warning", message: `The parameters of ${nameOf(tool)} name no type; ${title} expects "type": "object".` };
}
