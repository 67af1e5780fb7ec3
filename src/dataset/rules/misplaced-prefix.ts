import { describeTurn, sentence } from "../dialogue.ts";
import { property } from "../json-node.ts";
import { removeMember } from "../remove-member.ts";
import type { RecordRule } from "./rule.ts";

export const misplacedPrefix: RecordRule = {
  id: "misplaced-prefix",
  severity: "error",
  summary: "A message is marked as the beginning of an answer, and others follow it.",
  explanation: "Mistral's `prefix` says that an answer goes on where the message ends, which only the last one can: `Assistant message with prefix True must be last message`. Remove the key.",
  source: "https://github.com/mistralai/mistral-common (protocol/instruct/validator.py)",
  *check({ dialogues }, { prefix, title }) {
    if (!prefix) return;
    for (const dialogue of dialogues) {
      for (const turn of dialogue.turns.slice(0, -1)) {
        const value = property(turn.node, "prefix");
        const key = turn.node.children?.find(({ children }) => children?.[1] === value)?.children?.[0];
        if (value?.value !== true || !key || turn.meant !== "assistant") continue;
        yield {
          start: key.offset, end: value.offset + value.length,
          message: `${sentence(describeTurn(dialogue, turn))} has "prefix": true and is not the last; ${title} refuses it (Assistant message with prefix True must be last message).`,
          fixes: [{ title: 'Remove "prefix"', safe: false, edits: [removeMember(turn.node, key, value)] }],
        };
      }
    }
  },
};
