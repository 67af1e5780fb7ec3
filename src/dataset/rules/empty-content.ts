import { describeTurn, sentence } from "../dialogue.ts";
import { elements, endOf, properties, property, type Node } from "../json-node.ts";
import { shorten } from "../quote.ts";
import { besideWords, reasonForSilence } from "./missing-content.ts";
import { severityOf, type RecordRule } from "./rule.ts";

export const emptyContent: RecordRule = {
  id: "empty-content",
  severity: "error",
  summary: "A message or a text says nothing: it is null, empty, or white space only.",
  explanation: "An empty question teaches nothing and an empty answer teaches silence; most servers refuse both. Alpaca's `input` may be empty, and so may what a tool answers. Write the text, or remove the record.",
  source: "https://github.com/openai/openai-cookbook (Chat_finetuning_data_prep)",
  *check({ dialogues, texts }, { emptyContent = "refused", silence, title }) {
    const severity = severityOf(emptyContent);
    if (!severity) return;
    for (const dialogue of dialogues) {
      for (const turn of dialogue.turns) {
        const { content, role } = turn;
        if (!content || (turn.speaker === "tool" && content.type !== "null") || (role === "function" && content.type === "null")) continue;
        const reason = reasonForSilence(turn);
        if (reason) {
          const refused = content.type === "null" ? severityOf(silence?.[reason] ?? "taken") : undefined;
          const at = { start: content.offset, end: endOf(content) };
          const fixes = reason === "calls" ? [{ title: 'Write ""', safe: false, edits: [{ ...at, text: '""' }] }] : [];
          if (refused) yield { ...at, severity: refused, message: `The content of ${describeTurn(dialogue, turn)} is null beside ${besideWords[reason]}; ${title} ${refused === "error" ? "takes a text only" : "may refuse null"}.${reason === "calls" ? ' Write an empty text: "".' : " Write the refusal as the content."}`, fixes };
          continue;
        }
        const found = emptiness(content);
        if (found) yield { start: content.offset, end: endOf(content), severity, message: `The content of ${describeTurn(dialogue, turn)} is ${found}; write what the ${shorten(turn.role ?? "speaker")} says, or remove the message.` };
      }
    }
    for (const { node, name, purpose } of texts) {
      const found = emptiness(node);
      if (!found || name === "input" || purpose === "system" || (name === "prompt" && purpose === "question")) continue;
      yield { start: node.offset, end: endOf(node), severity, message: `${sentence(name)} is ${found}; write the text, or remove the record.` };
    }
  },
};

function emptiness(content: Node): string | undefined {
  if (content.type === "null") return "null";
  if (content.type === "array") return elements(content).length === 0 ? "an empty list" : elements(content).every(isBlankText) ? "a list of empty texts" : undefined;
  if (content.type !== "string") return undefined;
  if (content.value === "") return "empty";
  return String(content.value).trim() === "" ? "white space only" : undefined;
}

/** Whether a part holds nothing but a text that says nothing. */
function isBlankText(part: Node): boolean {
  const text = property(part, "text");
  return text?.type === "string" && String(text.value).trim() === "" && properties(part).every(({ name }) => name === "type" || name === "text");
}
