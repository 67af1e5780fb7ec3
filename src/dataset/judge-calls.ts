import { writtenText } from "./embedded-json.ts";
import { compileSchema, type CompiledSchema, type SchemaFault } from "./json-schema.ts";
import { isJson } from "./json-syntax.ts";
import type { DatasetRecord } from "./record.ts";
import { toolsOf, type DeclaredTool, type ToolCall } from "./tools.ts";

/** A call of a tool with parameters, held to them. */
export interface JudgedCall {
  readonly call: ToolCall;
  /** What its arguments break of the declared JSON Schema; undefined where that cannot be told: the schema is faulty, or the two would take too long to compare. */
  readonly faults: readonly SchemaFault[] | undefined;
}

/** The calls of a record whose tool is declared once, with parameters, and whose arguments are an object; what an answer was rejected for is not judged. */
export function* judgeCalls(record: DatasetRecord): Generator<JudgedCall> {
  const { tools, calls } = toolsOf(record);
  const declared = byName(tools);
  const unjudged = new Set<CompiledSchema>();
  for (const call of calls) {
    // A rejected answer may well be rejected for its call.
    const tool = call.dialogue.part === "rejected" ? undefined : declared.get(call.name?.value);
    const json = tool && jsonOf(call, record.text);
    if (!tool?.parameters || json === undefined) continue;
    const schema = compileSchema(writtenText(record.text, tool.parameters, tool.depth), tool.openApi);
    const faults = unjudged.has(schema) ? undefined : schema.check(json);
    // What took too long once is not tried again with every call.
    if (!faults) unjudged.add(schema);
    yield { call, faults };
  }
}

/** The path of a fault into the arguments, in words. */
export function pathWords({ path }: SchemaFault): string {
  if (path.length === 0) return "the arguments object";
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}

/** The tools with parameters by their names, of which each is that of one tool only. */
function byName(tools: readonly DeclaredTool[]): ReadonlyMap<unknown, DeclaredTool | undefined> {
  const named = new Map<unknown, DeclaredTool | undefined>();
  for (const tool of tools) if (tool.name) named.set(tool.name.value, named.has(tool.name.value) || tool.parameters?.type !== "object" ? undefined : tool);
  return named;
}

/** The arguments as a JSON text, where they are an object. */
function jsonOf({ arguments: given, depth }: ToolCall, text: string): string | undefined {
  if (given?.type === "object") return writtenText(text, given, depth);
  const json = given?.type === "string" ? String(given.value) : "";
  return json.trimStart().startsWith("{") && isJson(json) ? json : undefined;
}
