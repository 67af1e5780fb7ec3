import { endOf } from "../json-node.ts";
import { nameOf, toolsOf } from "../tools.ts";
import { severityOf, type RecordRule } from "./rule.ts";

export const duplicateTool: RecordRule = {
  id: "duplicate-tool",
  severity: "error",
  summary: "Two tools of a record have the same name.",
  explanation: "A call names its tool, so that of two tools with one name nobody knows which is called. Servers refuse the list; a template shows both. Remove one, or give it a name of its own.",
  source: "https://github.com/openai/openai-openapi (FunctionObject)",
  *check(record, { tools: limits }) {
    if (limits === "refused") return;
    for (const { tools } of toolsOf(record).lists) {
      const seen = new Set<string>();
      for (const { name } of tools) {
        if (!name) continue;
        if (seen.has(String(name.value))) {
          yield { start: name.offset, end: endOf(name), severity: severityOf(limits.definitions) ?? "error", message: `The tool ${nameOf({ name })} is declared twice; each tool has a name of its own. Remove one of the two, or rename it.` };
        }
        seen.add(String(name.value));
      }
    }
  },
};
