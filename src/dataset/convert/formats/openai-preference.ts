import type { SourceFormat, TargetFormat } from "../format.ts";
import { Refusal } from "../loss.ts";
import { createMessageReader, readParallelToolCalls, writeMessages } from "../messages.ts";
import { openObject } from "../record-reader.ts";
import { readToolsAndFunctions, writeTools } from "../tools.ts";

/** OpenAI's preference rows: `{"input": {"messages", "tools"?, "parallel_tool_calls"?}, "preferred_output", "non_preferred_output"}`. */
export const openaiPreference: SourceFormat = {
  id: "openai-preference",
  read(record) {
    const given = record.take("input");
    if (!given) throw new Refusal("it has no input");
    const input = openObject(given);
    const messages = input.take("messages");
    // A revision of OpenAI's specification of 2025 named the answers completions.
    const preferred = record.take("preferred_output", "preferred_completion");
    const rejected = record.take("non_preferred_output", "non_preferred_completion");
    if (!messages || !preferred) throw new Refusal(messages ? "it has no preferred answer" : "its input has no messages");
    if (!rejected) throw new Refusal("it has no rejected answer");
    const tools = readToolsAndFunctions(input);
    const parallel = readParallelToolCalls(input);
    input.finish();
    const reader = createMessageReader();
    return { turns: reader.read(messages), tools, ...parallel, preference: { preferred: reader.read(preferred), rejected: reader.read(rejected), path: rejected.path } };
  },
};

/** Preference rows as OpenAI's direct preference optimisation takes them. */
export const toOpenaiPreference: TargetFormat = {
  id: "openai-preference",
  title: "OpenAI preference",
  source: "FineTunePreferenceRequestInput of OpenAI's specification, revision of July 2025",
  same: ["openai-preference"],
  holds: new Set([
    "tools", "strict-tools", "tool-calls", "parallel-tool-calls", "images", "image-detail", "openai-parts", "several-parts", "developer-role", "several-systems",
    "names", "refusals", "reasoning", "rejected-answers",
  ]),
  write({ turns, tools, parallelToolCalls, preference }) {
    if (!preference) throw new Refusal("it has no rejected answer, which a preference row needs");
    const style = { arguments: "text" } as const;
    return {
      input: { messages: writeMessages(turns, style), tools: writeTools(tools), parallel_tool_calls: parallelToolCalls?.value },
      preferred_output: writeMessages(preference.preferred, style),
      non_preferred_output: writeMessages(preference.rejected, style),
    };
  },
};
