import { sentence } from "../dialogue.ts";
import { passagesOf } from "../passages.ts";
import { writtenRange } from "../written-range.ts";
import type { RecordRule } from "./rule.ts";

const apostrophe = "['\u2019]";

/** Phrases of assistants about themselves, each with what it is. */
const phrases: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /\b[Aa]s an AI(?: language model| model| assistant| chatbot|,)|\b[Aa]s a (?:large )?language model\b/, what: "what another assistant says of itself" },
  { pattern: new RegExp(String.raw`\bI(?:${apostrophe}m| am) (?:just |only |merely )an AI\b|\bI(?:${apostrophe}m| am) an AI language model\b`), what: "what another assistant says of itself" },
  { pattern: new RegExp(String.raw`^\s*(?:I${apostrophe}m|I am) sorry, but I (?:can${apostrophe}t|cannot|can not) (?:assist|help)(?: you)?(?: with (?:that|this)(?: request)?)?(?=[.!,])`), what: "a refusal in the words of another assistant" },
  { pattern: new RegExp(String.raw`\bI (?:can${apostrophe}t|cannot) fulfill (?:that|this|your) request\b`), what: "a refusal in the words of another assistant" },
  { pattern: /\b[Aa]s of my (?:last|latest) (?:knowledge |training )?(?:update|cut-?off|training|data)\b/, what: "what another assistant says of its knowledge" },
];

export const boilerplate: RecordRule = {
  id: "boilerplate",
  severity: "warning",
  summary: "An answer speaks in the set phrases of another assistant: \"As an AI language model\", a canned refusal, a date of knowledge.",
  explanation: "Answers that were written by another model carry its phrases about itself; the tuned model learns to refuse where it should answer, and to claim a date of knowledge that is not its own. Rewrite the answer, or remove the record. A refusal that is wanted stays better in your own words.",
  source: "https://github.com/allenai/open-instruct (scripts/data/filtering_and_updates)",
  markers: [" an AI", "s a language model", "arge language model", "sorry, but I can", "t fulfill ", "s of my la"],
  *check(record, { method }) {
    if (method === "rft") return;
    for (const { node, text, purpose, where } of passagesOf(record)) {
      if (purpose !== "answer") continue;
      for (const { pattern, what } of phrases) {
        const found = pattern.exec(text);
        if (!found) continue;
        const words = found[0].trim();
        const index = found.index + found[0].indexOf(words);
        yield { ...writtenRange(record.text, node, index, index + words.length), message: `${sentence(where)} says "${words}": ${what}, which the model learns. Rewrite the answer, or remove the record.` };
      }
    }
  },
};
