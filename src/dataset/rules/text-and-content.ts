import { describeTurn, sentence } from "../dialogue.ts";
import { endOf, properties, property } from "../json-node.ts";
import type { RecordRule } from "./rule.ts";

export const textAndContent: RecordRule = {
  id: "text-and-content",
  severity: "error",
  summary: "A message has both `text` and `content`, where the target reads either.",
  explanation: "Mistral's validator takes what a message says under `content` or under `text`, and refuses a message with both: `message contains both a 'text' and 'content' key`. Which of the two was meant, only you know: remove the other.",
  source: "https://github.com/mistralai/mistral-finetune (utils/validate_data.py)",
  *check({ dialogues }, { textForContent, title }) {
    if (!textForContent) return;
    for (const dialogue of dialogues) {
      for (const turn of dialogue.turns) {
        const text = property(turn.node, "text");
        if (!text || !property(turn.node, "content")) continue;
        const key = properties(turn.node).find(({ value }) => value === text)?.key ?? text;
        yield { start: key.offset, end: endOf(key), message: `${sentence(describeTurn(dialogue, turn))} has "text" and "content"; ${title} takes one of the two (message contains both a 'text' and 'content' key). Remove the other.` };
      }
    }
  },
};
