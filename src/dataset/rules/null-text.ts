import { sentence } from "../dialogue.ts";
import { endOf } from "../json-node.ts";
import { passagesOf } from "../passages.ts";
import { nullTexts } from "../proven-clean.ts";
import { quote } from "../quote.ts";
import type { RecordRule } from "./rule.ts";

export const nullText: RecordRule = {
  id: "null-text",
  severity: "warning",
  summary: "A whole text is \"null\", \"None\", \"nan\" or \"undefined\": what a program writes where it had no text.",
  explanation: "An empty cell or a missing value was made a string on its way into the file. The model learns to answer with the word, and a server that takes null where a tool is called does not take \"null\". Write the text, write null where the format allows it, or remove the record. As an answer, None may be meant, and is only pointed out.",
  source: "https://github.com/microsoft/azure-skills (finetuning/scripts/validate)",
  markers: [],
  *check(record) {
    for (const { node, text, purpose, where, calls } of passagesOf(record)) {
      const plain = text.trim();
      if (!nullTexts.includes(plain) || purpose === "tool" || purpose === "text") continue;
      const meant = purpose !== "system" && purpose !== "question" && (plain === "None" || plain === "null");
      const advice = calls ? "A message that calls a tool may have null, without quotation marks." : meant ? "If it is meant as the answer, leave it." : "Write the text, or remove the record.";
      const start = node.offset;
      const end = endOf(node);
      yield { start, end, severity: meant && !calls ? "information" : "warning", message: `The whole text of ${where} is ${quote(plain)}, which programs write where they had none. ${sentence(advice)}`, fixes: calls ? [{ title: "Write null", safe: false, edits: [{ start, end, text: "null" }] }] : [] };
    }
  },
};
