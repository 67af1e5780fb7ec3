import { endOf } from "../json-node.ts";
import type { RecordRule } from "./rule.ts";

export const noAssistantMessage: RecordRule = {
  id: "no-assistant-message",
  severity: "error",
  summary: "A record has no message from the assistant, so there is nothing to learn from it.",
  explanation: "Supervised fine-tuning learns what the assistant says. Add the answer, or remove the record.",
  source: "https://github.com/openai/openai-cookbook (Chat_finetuning_data_prep)",
  *check({ dialogues }, { method }) {
    if (method !== "sft") return;
    for (const { list, turns, part, whole, dialect } of dialogues) {
      // A message that is no object, or has no role or none that is known, is told of by its own rule, and may be the one that is missed here.
      // Of a list without messages `message-count` tells.
      if (part !== "conversation" || !whole || turns.length === 0 || turns.some(({ meant }) => meant === "assistant" || meant === undefined)) continue;
      const role = Object.entries(dialect.names).find(([, speaker]) => speaker === "assistant")?.[0] ?? "assistant";
      yield { start: list.offset, end: endOf(list), message: `No message of this record is from the assistant; expected at least one with "${dialect.role}": "${role}", the answer to learn.` };
    }
  },
};
