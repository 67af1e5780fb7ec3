import type { SourceFormat } from "../format.ts";
import { Refusal } from "../loss.ts";
import { createMessageReader } from "../messages.ts";
import { listOf, textOf } from "../record-reader.ts";
import { readSaid } from "../said.ts";

/** TRL's stepwise supervision: `{"prompt", "completions": [text], "labels": [true | false]}`. The steps are parts of one answer; their labels are left over. */
export const trlStepwise: SourceFormat = {
  id: "trl-stepwise",
  read(record) {
    const [prompt, steps] = [record.take("prompt"), record.take("completions")];
    if (!prompt || !steps) throw new Refusal(prompt ? "it has no completions" : "it has no prompt");
    const parts = listOf(steps).map((step) => ({ kind: "text", path: step.path, text: textOf(step) }) as const);
    return { turns: [...readSaid(prompt, "user", createMessageReader()), { speaker: "assistant", path: steps.path, parts }], tools: [] };
  },
};
