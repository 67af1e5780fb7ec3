import { endOf } from "../json-node.ts";
import type { RecordRule } from "./rule.ts";

export const messageCount: RecordRule = {
  id: "message-count",
  severity: "error",
  summary: "A record has more or fewer messages than the target takes.",
  explanation: "An empty conversation has nothing to learn; Azure OpenAI takes at most 2,048 messages a record, Amazon Bedrock at least a question and an answer, Fireworks' preference records one question. Split a longer conversation, or add what is missing.",
  source: "https://learn.microsoft.com/azure/ai-foundry/openai/quotas-limits",
  *check({ dialogues }, { turns: { minimum = 1, maximum = Infinity }, answers, title }) {
    for (const { list, turns, name, part, whole } of dialogues) {
      const at = { start: list.offset, end: endOf(list) };
      if (turns.length === 0 && whole) yield { ...at, message: `"${name}" is empty; expected at least one message.` };
      else if (part === "conversation" && whole && turns.length < minimum) yield { ...at, message: `"${name}" has ${turns.length} message; ${title} expects at least ${minimum}.` };
      else if (turns.length > maximum) yield { ...at, message: `"${name}" has ${turns.length} messages; ${title} takes at most ${maximum}. Split the conversation.` };
      const wanted = answers?.promptTurns;
      const spoken = turns.filter(({ meant }) => meant !== "system" && meant !== "developer").length;
      if (part === "prompt" && wanted !== undefined && spoken > wanted) yield { ...at, message: `The prompt has ${spoken} messages beside the system's; ${title} takes one question only.` };
    }
  },
};
