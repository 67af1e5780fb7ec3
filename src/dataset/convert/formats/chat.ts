import type { Conversation } from "../conversation.ts";
import type { SourceFormat, TargetFormat } from "../format.ts";
import { Refusal } from "../loss.ts";
import { createMessageReader, readParallelToolCalls, writeMessages } from "../messages.ts";
import type { ObjectReader } from "../record-reader.ts";
import { readToolsAndFunctions, writeTools } from "../tools.ts";

/** OpenAI's chat format: `{"messages", "tools"?, "functions"?, "parallel_tool_calls"?}`. */
export const chat: SourceFormat = { id: "chat", read: readChat };

/** OpenAI's rows for reinforcement: chat records with keys for the grader, which no other format holds. */
export const openaiReinforcement: SourceFormat = { id: "openai-reinforcement", read: readChat };

/** Chat records as OpenAI's supervised fine-tuning takes them. */
export const toOpenaiChat: TargetFormat = {
  id: "openai-chat",
  title: "OpenAI chat",
  source: "FineTuneChatRequestInput of OpenAI's specification, revision of July 2025",
  same: ["chat"],
  holds: new Set([
    "tools", "strict-tools", "tool-calls", "parallel-tool-calls", "images", "image-detail", "openai-parts", "several-parts", "developer-role", "several-systems",
    "names", "weights", "refusals", "reasoning",
  ]),
  write: ({ turns, tools, parallelToolCalls }) => ({ messages: writeMessages(turns, { arguments: "text" }), tools: writeTools(tools), parallel_tool_calls: parallelToolCalls?.value }),
};

function readChat(record: ObjectReader): Conversation {
  const messages = record.take("messages");
  if (!messages) throw new Refusal("it has no messages");
  const tools = readToolsAndFunctions(record);
  return { turns: createMessageReader().read(messages), tools, ...readParallelToolCalls(record) };
}
