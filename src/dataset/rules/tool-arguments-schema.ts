import { describeTurn } from "../dialogue.ts";
import { readEmbedded } from "../embedded-json.ts";
import { elements, endOf, properties, property, type Node } from "../json-node.ts";
import type { SchemaFault } from "../json-schema.ts";
import { judgeCalls, pathWords } from "../judge-calls.ts";
import { nameOf } from "../tools.ts";
import { severityOf, type RecordRule } from "./rule.ts";

export const toolArgumentsSchema: RecordRule = {
  id: "tool-arguments-schema",
  severity: "error",
  summary: "The arguments of a call do not fit the parameters that the record declares for the tool.",
  explanation: "The model learns calls from records: one that lacks a required argument, invents a value or mistakes a number for a text teaches calls that fail. The arguments are held to the declared JSON Schema; formats are not asserted, and very large values are left alone. Correct the call, or the declaration.",
  source: "https://json-schema.org/draft-07/json-schema-validation",
  *check(record, { tools: limits }) {
    if (limits === "refused") return;
    for (const { call, faults = [] } of judgeCalls(record)) {
      if (faults.length === 0) continue;
      const tree = call.arguments?.type === "object" ? call.arguments : call.arguments && readEmbedded(record.text, call.arguments, call.depth);
      for (const fault of faults) {
        const node = placeOf(fault, tree) ?? call.node;
        yield { start: node.offset, end: endOf(node), severity: severityOf(limits.mismatch) ?? "error", message: `The call of ${nameOf(call)} in ${describeTurn(call.dialogue, call.turn)} does not fit its declared parameters: ${pathWords(fault)} ${fault.words}.` };
      }
    }
  },
};

/** What is marked: the value at the fault's path, or the key that is not declared. */
function placeOf({ path, words }: SchemaFault, tree: Node | undefined): Node | undefined {
  let node = tree;
  for (const step of path) node = typeof step === "number" ? elements(node)[step] : property(node, step);
  return properties(node).find(({ name }) => words.startsWith(`has ${JSON.stringify(name)}, which is not declared`))?.key ?? node;
}
