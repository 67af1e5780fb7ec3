import { endOf, property } from "../json-node.ts";
import type { RecordRule } from "./rule.ts";

export const nothingTrained: RecordRule = {
  id: "nothing-trained",
  severity: "error",
  summary: "Every answer of a record has the weight 0, so there is nothing to learn from it.",
  explanation: "The record costs tokens and teaches nothing; trainers fail on it or report a loss of 0 (`all labels in your dataset are -100`). Give the answer that is to be learnt the weight 1, or remove the record.",
  source: "https://developers.openai.com/api/docs/guides/supervised-fine-tuning",
  *check({ dialogues }, { weights, method }) {
    if (weights !== "0-or-1" || method !== "sft") return;
    for (const { list, turns, part } of dialogues) {
      const answers = turns.filter(({ meant }) => meant === "assistant");
      if (part !== "conversation" || answers.length === 0 || !answers.every(({ node }) => property(node, "weight")?.value === 0)) continue;
      yield { start: list.offset, end: endOf(list), message: "Every answer of this record has the weight 0; at least one must have the weight 1, or none, to be trained." };
    }
  },
};
