import type { SourceFormat } from "../format.ts";
import { Refusal } from "../loss.ts";
import { createMessageReader } from "../messages.ts";
import { sayText } from "../plain-text.ts";
import { textOf } from "../record-reader.ts";

/** Claude's records on Bedrock: `{"system"?: text, "messages": [{"role", "content": text}]}`. Source: Amazon Bedrock's samples, claude-haiku/data_validation.py. */
export const claude: SourceFormat = {
  id: "claude",
  read(record) {
    const system = record.take("system");
    const messages = record.take("messages");
    if (!messages) throw new Refusal("it has no messages");
    const turns = createMessageReader({ user: "user", assistant: "assistant" }).read(messages);
    return { turns: system ? [sayText("system", system.path, textOf(system)), ...turns] : turns, tools: [] };
  },
};
