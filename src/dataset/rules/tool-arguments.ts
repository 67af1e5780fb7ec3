import { describeTurn, sentence } from "../dialogue.ts";
import { escapeText, placesWithin, unwrapText, writtenText } from "../embedded-json.ts";
import { endOf, type Node } from "../json-node.ts";
import { findSyntaxFaults, isJson } from "../json-syntax.ts";
import type { TokenFault } from "../json-token.ts";
import { shorten } from "../quote.ts";
import type { DatasetRecord } from "../record.ts";
import type { ToolLimits } from "../targets/target.ts";
import { nameOf, toolsOf, type ToolCall } from "../tools.ts";
import type { Problem, RecordRule, Repair } from "./rule.ts";

export const toolArguments: RecordRule = {
  id: "tool-arguments",
  severity: "error",
  summary: "The arguments of a call are no JSON object, or are written as a string where the target wants an object, or the other way round.",
  explanation: "OpenAI's API writes arguments as JSON in a string; the templates of Hugging Face models want the object itself and would put a string in quotation marks once more. One is turned into the other safely, with its numbers and the order of its keys as they are written. What is no JSON, only you can mend.",
  source: "https://github.com/openai/openai-openapi (ChatCompletionMessageToolCall)",
  *check(record, { tools: limits, title, id }) {
    if (limits === "refused") return;
    for (const call of toolsOf(record).calls) {
      const problem = judge(call, record, limits, title, id === "axolotl" ? " (Axolotl: Error parsing tool_calls arguments as JSON.)" : "");
      if (problem) yield problem;
    }
  },
};

function judge(call: ToolCall, record: DatasetRecord, limits: ToolLimits, title: string, server: string): Problem | undefined {
  const { arguments: given, form, depth, body } = call;
  // Gemini's and Bedrock's calls hold an object by their API's type, ShareGPT's by their trainers' code.
  const wanted = form === "tool_calls" || form === "function_call" ? limits.arguments : "object";
  const expected = wanted === "string" ? 'an object as JSON in a string, such as "{\\"city\\": \\"Paris\\"}"' : 'an object, such as {"city": "Paris"}';
  // A template takes what it is given, and writes it in another way than the model knows.
  const severity = wanted === "object" && form === "tool_calls" ? "warning" : "error";
  const subject = `The arguments of ${nameOf(call)} in ${describeTurn(call.dialogue, call.turn)}`;
  const empty = wanted === "string" ? '"{}"' : "{}";
  if (form === "turn" && !call.name) {
    return { start: call.node.offset, end: endOf(call.node), message: `${sentence(describeTurn(call.dialogue, call.turn))} calls a tool; ${title} expects a name and arguments as JSON in a string, such as {"name": "weather", "arguments": {"city": "Paris"}}.` };
  }
  if (!given) {
    if (form === "part") return undefined;
    const start = body.offset + 1;
    const separator = body.children?.length ? ", " : "";
    return { start: body.offset, end: endOf(body), severity, message: `The call of ${nameOf(call)} in ${describeTurn(call.dialogue, call.turn)} has no "arguments"; ${title} expects ${expected}.`, fixes: [suggest("Write empty arguments", start, start, escapeText(`"arguments": ${empty}${separator}`, depth))] };
  }
  const start = given.offset;
  const end = endOf(given);
  const replace = (name: string, written: string, safe: boolean): Repair => ({ title: name, safe, edits: [{ start, end, text: escapeText(written, depth) }] });
  if (given.type === "object") {
    if (wanted !== "string") return undefined;
    return { start, end, severity, message: `${subject} are an object; ${title} expects ${expected}.`, fixes: [replace("Write the object as JSON in a string", JSON.stringify(writtenText(record.text, given, depth)), true)] };
  }
  if (given.type !== "string") {
    return { start, end, severity, message: `${subject} are ${given.type === "array" ? "a list" : shorten(writtenText(record.text, given, depth))}; ${title} expects ${expected}.`, fixes: given.type === "null" ? [replace("Write empty arguments", empty, false)] : [] };
  }
  const json = String(given.value);
  if (!isJson(json)) return { severity, ...notJson(call, given, record.text, `${subject} are no JSON`, `${title} expects ${expected}${server}`) };
  const value = JSON.parse(json) as unknown;
  if (!isObject(value)) {
    const inner = typeof value === "string" && isJson(value) && isObject(JSON.parse(value)) ? (wanted === "object" ? unwrapText(value) : JSON.stringify(value)) : undefined;
    const unwrapped = inner === undefined ? [] : [replace("Remove the inner quotation marks", inner, false)];
    return { start, end, severity, message: `${subject} are JSON, but ${typeof value === "string" ? "a string within a string" : Array.isArray(value) ? "a list" : shorten(json.trim())}; ${title} expects ${expected}.`, fixes: unwrapped };
  }
  if (wanted !== "object") return undefined;
  const itself = unwrapText(json);
  const fixes = itself === undefined ? [] : [replace("Write the object itself", itself, true)];
  const consequence = form === "part" || form === "block" ? "" : ", and a template would put the string in quotation marks once more";
  return { start, end, severity: consequence === "" ? "error" : "warning", message: `${subject} are JSON in a string; ${title} expects ${expected}${consequence}.`, fixes };
}

function notJson(call: ToolCall, given: Node, text: string, subject: string, expected: string): Problem {
  const json = String(given.value);
  if (json.trim() === "") return { start: given.offset, end: endOf(given), message: `${subject}: the string is empty; ${expected}.`, fixes: [suggest("Write empty arguments", given.offset, endOf(given), escapeText('"{}"', call.depth))] };
  const faults = findSyntaxFaults(json);
  const [first] = faults;
  const places = placesWithin(text, given, call.depth);
  const repaired = repair(json, faults);
  const fixes = isJson(repaired) ? [suggest("Repair the JSON", given.offset, endOf(given), escapeText(JSON.stringify(repaired), call.depth))] : [];
  const said = first && first.start < json.trimEnd().length ? first.message : "they end too early.";
  return { start: places[first?.start ?? 0] ?? given.offset, end: places[first?.end ?? 0] ?? endOf(given), message: `${subject}: ${said} ${expected.charAt(0).toUpperCase()}${expected.slice(1)}.`, fixes };
}

/** A text with the repairs of its faults, as far as there are any. */
function repair(json: string, faults: readonly TokenFault[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, repair: mended } of [...faults].sort((a, b) => a.start - b.start)) {
    if (!mended || start < at) continue;
    pieces.push(json.slice(at, start), mended.text);
    at = end;
  }
  return pieces.join("") + json.slice(at);
}

function suggest(title: string, start: number, end: number, text: string): Repair {
  return { title, safe: false, edits: [{ start, end, text }] };
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
