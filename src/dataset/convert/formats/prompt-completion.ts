import type { SourceFormat } from "../format.ts";
import { Refusal } from "../loss.ts";
import { createMessageReader } from "../messages.ts";
import { readSaid } from "../said.ts";
import { readTools } from "../tools.ts";

/** A prompt and its completion, each a text or a list of messages. Source: OpenAI's completions rows; TRL's documentation of dataset formats. */
export const promptCompletion: SourceFormat = {
  id: "prompt-completion",
  read(record) {
    const [prompt, completion] = [record.take("prompt"), record.take("completion")];
    if (!prompt || !completion) throw new Refusal(prompt ? "it has no completion" : "it has no prompt");
    const reader = createMessageReader();
    return { turns: [...readSaid(prompt, "user", reader), ...readSaid(completion, "assistant", reader)], tools: readTools(record.take("tools")) };
  },
};

/** A prompt alone, as TRL's online methods take it. */
export const trlPrompt: SourceFormat = {
  id: "trl-prompt",
  read(record) {
    const prompt = record.take("prompt");
    if (!prompt) throw new Refusal("it has no prompt");
    return { turns: readSaid(prompt, "user", createMessageReader()), tools: readTools(record.take("tools")) };
  },
};
