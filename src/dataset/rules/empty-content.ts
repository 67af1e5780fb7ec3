import { describeTurn, sentence } from "../dialogue.ts";
import { elements, endOf, type Node } from "../json-node.ts";
import { mayLackContent } from "./missing-content.ts";
import { severityOf, type RecordRule } from "./rule.ts";

export const emptyContent: RecordRule = {
  id: "empty-content",
  severity: "error",
  summary: "A message or a text says nothing: it is null, empty, or white space only.",
  explanation: "An empty question teaches nothing and an empty answer teaches silence; most servers refuse both. Alpaca's `input` may be empty, and so may what a tool answers. Write the text, or remove the record.",
  source: "https://github.com/openai/openai-cookbook (Chat_finetuning_data_prep)",
  *check({ dialogues, texts }, { emptyContent = "refused" }) {
    const severity = severityOf(emptyContent);
    if (!severity) return;
    for (const dialogue of dialogues) {
      for (const turn of dialogue.turns) {
        const { content } = turn;
        // A tool may well answer with nothing.
        if (!content || mayLackContent(turn) || turn.speaker === "tool") continue;
        const found = emptiness(content);
        if (found) yield { start: content.offset, end: endOf(content), severity, message: `The content of ${describeTurn(dialogue, turn)} is ${found}; write what the ${turn.role ?? "speaker"} says, or remove the message.` };
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
  if (content.type === "array") return elements(content).length === 0 ? "an empty list" : undefined;
  if (content.type !== "string") return undefined;
  if (content.value === "") return "empty";
  return String(content.value).trim() === "" ? "white space only" : undefined;
}
