import { aboutFile, nothing, severityOf, type DatasetRule } from "./rule.ts";

export const byteOrderMark: DatasetRule = {
  id: "byte-order-mark",
  severity: "error",
  summary: "The file begins with a byte-order mark that the target cannot read, or lacks the one that it asks for.",
  explanation: "A byte-order mark (EF BB BF) makes the first line unreadable for strict JSON parsers: `Expected file to have JSONL format … (HINT: line starts with: \"{…\")`. Azure OpenAI asks for one in its documentation and takes files without. The fix writes the file anew with or without it; nothing else changes.",
  source: "https://learn.microsoft.com/azure/ai-foundry/openai/how-to/fine-tuning",
  begin: ({ encoding, byteOrderMark: present, target }) => {
    let records = 0;
    return {
      add() {
        records++;
        return nothing;
      },
      *finish() {
        if (encoding !== "utf-8") return;
        if (target.byteOrderMark === "wanted") {
          if (!present && records > 0) yield aboutFile(`${target.title} asks for UTF-8 with a byte-order mark (EF BB BF) in its documentation; this file has none. It is usually taken all the same.`, [{ title: "Add a byte-order mark", safe: true, rewrites: "utf-8-marked" }], "warning");
          return;
        }
        const severity = severityOf(target.byteOrderMark);
        if (!present || !severity) return;
        yield aboutFile("The file begins with a byte-order mark (EF BB BF); expected plain UTF-8, so that the first line begins with {.", [{ title: "Remove the byte-order mark", safe: true, rewrites: "utf-8" }], severity);
      },
    };
  },
};
