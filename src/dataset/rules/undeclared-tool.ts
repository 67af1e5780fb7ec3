import { describeTurn } from "../dialogue.ts";
import { escapeText } from "../embedded-json.ts";
import { endOf } from "../json-node.ts";
import { quote } from "../quote.ts";
import { nameOf, toolsOf } from "../tools.ts";
import { severityOf, type RecordRule } from "./rule.ts";

export const undeclaredTool: RecordRule = {
  id: "undeclared-tool",
  severity: "error",
  summary: "A call names a tool that the record does not declare.",
  explanation: "The declared tools are what the model is shown when it has to choose. A call of another teaches it to invent tools; Mistral refuses the file. Declare the tool under `tools`, or correct the name of the call.",
  source: "https://docs.mistral.ai/capabilities/finetuning/text_finetuning",
  *check(record, { tools: limits, title }) {
    if (limits === "refused") return;
    const { lists, tools, calls } = toolsOf(record);
    // Of a definition that cannot be read, other rules tell; which tool it is, nobody knows.
    if (lists.some(({ items, unread }) => !items || unread.length > 0) || tools.some(({ name }) => !name)) return;
    const known = new Set(tools.map(({ name }) => String(name?.value)));
    const declared = [...known];
    const meanings = new Map(declared.map((name) => [plain(name), name]));
    for (const { name, dialogue, turn, depth } of calls) {
      if (!name || dialogue.part === "rejected" || known.has(String(name.value))) continue;
      const start = name.offset;
      const end = endOf(name);
      const meant = meanings.get(plain(String(name.value)));
      const expected = declared.length === 0 ? "the record declares no tools" : `expected ${declared.length > 1 ? "one of " : ""}${declared.slice(0, 8).map((each) => quote(each)).join(", ")}`;
      yield {
        start, end, severity: severityOf(limits.undeclared) ?? "error",
        message: `${nameOf({ name })}, called in ${describeTurn(dialogue, turn)}, is not declared: ${expected}. ${title} shows the model only the tools that are; declare it, or correct the name.`,
        fixes: meant === undefined ? [] : [{ title: `Write ${quote(meant)}`, safe: false, edits: [{ start, end, text: escapeText(JSON.stringify(meant), depth) }] }],
      };
    }
  },
};

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, "");
}
