import { textsOf } from "../dialogue.ts";
import { endOf } from "../json-node.ts";
import type { RecordRule } from "./rule.ts";

export const reasoningPhrase: RecordRule = {
  id: "reasoning-phrase",
  severity: "warning",
  summary: "A reinforcement record asks the model to show how it thinks, for which the target's safety check may block the file.",
  explanation: "Azure OpenAI has refused whole files with `This training file was blocked because too many examples were flagged … with respect to model reasoning extraction`. Reasoning models think anyway: ask for the result, and leave the words out.",
  source: "https://github.com/microsoft/azure-skills (finetuning/scripts/validate)",
  *check({ dialogues }, { blockedPhrases, title }) {
    if (!blockedPhrases) return;
    for (const { turns } of dialogues) {
      for (const node of turns.flatMap((turn) => textsOf(turn))) {
        const text = String(node.value).toLowerCase();
        const phrase = blockedPhrases.find((each) => text.includes(each));
        if (phrase) yield { start: node.offset, end: endOf(node), message: `This text says "${phrase}"; ${title} may block the file for asking how the model reasons. Say it in other words, or leave it out.` };
      }
    }
  },
};
