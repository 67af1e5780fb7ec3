import type { SourceFormat } from "../format.ts";
import { Refusal } from "../loss.ts";
import { createMessageReader } from "../messages.ts";

/** Cohere's records: `{"messages": [{"role": "System" | "User" | "Chatbot", "content"}]}`, roles in lower case too. Source: Cohere's guide to chat fine-tuning. */
export const cohere: SourceFormat = {
  id: "cohere",
  read(record) {
    const messages = record.take("messages");
    if (!messages) throw new Refusal("it has no messages");
    return { turns: createMessageReader({ System: "system", User: "user", Chatbot: "assistant", Tool: "tool", system: "system", user: "user", chatbot: "assistant" }).read(messages), tools: [] };
  },
};
