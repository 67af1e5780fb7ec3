import type { SourceFormat } from "../format.ts";
import { Refusal } from "../loss.ts";
import { createMessageReader, optional } from "../messages.ts";
import { booleanOf } from "../record-reader.ts";
import { readSaid } from "../said.ts";
import { readTools } from "../tools.ts";

/** TRL's unpaired preference: `{"prompt", "completion", "label": true | false}`. Source: TRL's documentation of dataset formats. */
export const trlUnpaired: SourceFormat = {
  id: "trl-unpaired",
  read(record) {
    const [prompt, completion] = [record.take("prompt"), record.take("completion")];
    if (!prompt || !completion) throw new Refusal(prompt ? "it has no completion" : "it has no prompt");
    const reader = createMessageReader();
    return {
      turns: [...readSaid(prompt, "user", reader), ...readSaid(completion, "assistant", reader)],
      tools: readTools(record.take("tools")),
      ...optional("label", record.take("label"), (value) => ({ value: booleanOf(value), path: value.path })),
    };
  },
};
