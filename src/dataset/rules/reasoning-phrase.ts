import { textsOf } from "../dialogue.ts";
import { findFormat } from "../formats/index.ts";
import { properties } from "../json-node.ts";
import { writtenRange } from "../written-range.ts";
import type { RecordRule } from "./rule.ts";

export const reasoningPhrase: RecordRule = {
  id: "reasoning-phrase",
  severity: "warning",
  summary: "A reinforcement record asks the model to show how it thinks, for which the target's safety check may block the file.",
  explanation: "Azure OpenAI has refused whole files with `This training file was blocked because too many examples were flagged … with respect to model reasoning extraction`. Reasoning models think anyway: ask for the result, and leave the words out.",
  source: "https://github.com/microsoft/azure-skills (finetuning/scripts/validate)",
  *check({ dialogues, tree, text, format, accepted }, { blockedPhrases, title }) {
    if (!blockedPhrases || !format || !accepted) return;
    const pattern = new RegExp(blockedPhrases.join("|"), "i");
    const { keys } = findFormat(format);
    const fields = properties(tree).flatMap(({ name, value }) => (value.type === "string" && !keys.includes(name) ? [value] : []));
    for (const node of [...dialogues.flatMap(({ turns }) => turns).flatMap((turn) => textsOf(turn)), ...fields]) {
      const found = pattern.exec(String(node.value));
      if (!found) continue;
      const range = writtenRange(text, node, found.index, found.index + found[0].length);
      yield { ...range, message: `This text says "${found[0]}"; ${title} may block the file for asking how the model reasons. Say it in other words, or leave it out.` };
    }
  },
};
