import { describeTurn } from "../dialogue.ts";
import { readEmbedded, writtenText } from "../embedded-json.ts";
import { elements, endOf, properties, property, type Node } from "../json-node.ts";
import { compileSchema, type CompiledSchema, type SchemaFault } from "../json-schema.ts";
import { isJson } from "../json-syntax.ts";
import { nameOf, toolsOf, type DeclaredTool, type ToolCall } from "../tools.ts";
import { severityOf, type RecordRule } from "./rule.ts";

export const toolArgumentsSchema: RecordRule = {
  id: "tool-arguments-schema",
  severity: "error",
  summary: "The arguments of a call do not fit the parameters that the record declares for the tool.",
  explanation: "The model learns calls from records: one that lacks a required argument, invents a value or mistakes a number for a text teaches calls that fail. The arguments are held to the declared JSON Schema; formats are not asserted, and very large values are left alone. Correct the call, or the declaration.",
  source: "https://json-schema.org/draft-07/json-schema-validation",
  *check(record, { tools: limits }) {
    if (limits === "refused") return;
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
      if (!faults || faults.length === 0) continue;
      const tree = call.arguments?.type === "object" ? call.arguments : call.arguments && readEmbedded(record.text, call.arguments, call.depth);
      for (const fault of faults) {
        const node = placeOf(fault, tree) ?? call.node;
        yield { start: node.offset, end: endOf(node), severity: severityOf(limits.mismatch) ?? "error", message: `The call of ${nameOf(call)} in ${describeTurn(call.dialogue, call.turn)} does not fit its declared parameters: ${pathWords(fault)} ${fault.words}.` };
      }
    }
  },
};

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

/** What is marked: the value at the fault's path, or the key that is not declared. */
function placeOf({ path, words }: SchemaFault, tree: Node | undefined): Node | undefined {
  let node = tree;
  for (const step of path) node = typeof step === "number" ? elements(node)[step] : property(node, step);
  return properties(node).find(({ name }) => words.startsWith(`has ${JSON.stringify(name)}, which is not declared`))?.key ?? node;
}

function pathWords({ path }: SchemaFault): string {
  if (path.length === 0) return "the arguments object";
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}
