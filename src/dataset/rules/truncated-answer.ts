import { howCut } from "../cut-answer.ts";
import { passagesOf } from "../passages.ts";
import { writtenRange } from "../written-range.ts";
import type { RecordRule } from "./rule.ts";

export const truncatedAnswer: RecordRule = {
  id: "truncated-answer",
  severity: "warning",
  summary: "A long answer breaks off: after a comma, inside a sentence, in code or JSON that is never closed.",
  explanation: "Answers that were generated with a limit of tokens (`finish_reason: \"length\"`) or cut by a column's width end anywhere, and the model learns to stop there. Only answers of more than 200 characters are looked at, and lists, tables, links and languages with other full stops are left alone. Complete the answer, or remove the record.",
  source: "https://platform.openai.com/docs/api-reference/chat/object",
  *check(record, { method }) {
    if (method === "rft") return;
    for (const { node, text, purpose, where, calls } of passagesOf(record)) {
      if (purpose !== "answer" || calls) continue;
      const how = howCut(text);
      if (how === undefined) continue;
      const end = text.trimEnd().length;
      yield { ...writtenRange(record.text, node, Math.max(0, end - 20), end), message: `The answer in ${where} breaks off ${how}: "…${text.slice(Math.max(0, end - 40), end).replace(/\s+/g, " ")}". Complete it, or remove the record.` };
    }
  },
};
