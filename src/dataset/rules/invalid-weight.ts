import { describeTurn, sentence } from "../dialogue.ts";
import { endOf, property, type Node } from "../json-node.ts";
import { quote } from "../quote.ts";
import { removeMember } from "../remove-member.ts";
import type { RecordRule, Repair } from "./rule.ts";

export const invalidWeight: RecordRule = {
  id: "invalid-weight",
  severity: "error",
  summary: "A message's weight is neither 0 (not trained) nor 1 (trained), or stands on a message that is not the assistant's.",
  explanation: "A weight says whether an answer is learnt: 0 or 1, as a whole number, on the assistant's messages only. Together's checker refuses 1.0 as well; what is plainly meant is repaired, 1.3 is not. Trainers that know no weights learn every answer, whatever it says.",
  source: "https://developers.openai.com/api/docs/guides/supervised-fine-tuning",
  *check({ dialogues, text }, { weights, title, extraKeys }) {
    for (const dialogue of dialogues) {
      for (const turn of dialogue.turns) {
        const weight = property(turn.node, "weight");
        const key = turn.node.children?.find(({ children }) => children?.[1] === weight)?.children?.[0];
        if (!weight || !key) continue;
        const start = weight.offset;
        const end = endOf(weight);
        const written = text.slice(start, end);
        const remove: Repair = { title: "Remove the weight", safe: false, edits: [removeMember(turn.node, key, weight)] };
        if (weights === "refused") {
          yield { start: key.offset, end, message: `${sentence(describeTurn(dialogue, turn))} has a weight, and ${title} takes none: every answer is trained. Remove it.`, fixes: [remove] };
          continue;
        }
        if (weights === "ignored") {
          if (weight.value === 0) yield { start, end, severity: "warning", message: `${title} knows no weights: ${describeTurn(dialogue, turn)} is trained although its weight is 0.` };
        } else if (turn.role !== undefined && turn.meant !== "assistant") {
          // Where further keys of a message are taken, a weight that could be right has no effect.
          const harmless = extraKeys.message === "taken" && (written === "0" || written === "1");
          const verdict = harmless ? "it has an effect on the assistant's messages only" : "only the assistant's messages may have one";
          yield { start, end, severity: harmless ? "warning" : "error", message: `${sentence(describeTurn(dialogue, turn))} is from ${quote(turn.role)} and has a weight; ${verdict}.`, fixes: [remove] };
        } else if (written !== "0" && written !== "1") {
          const fix = plainWeight(weight);
          yield { start, end, message: `The weight of ${describeTurn(dialogue, turn)} is ${written.slice(0, 40)}; expected 0 (not trained) or 1 (trained), as a whole number.`, fixes: fix ? [replace(start, end, fix)] : [] };
        }
      }
    }
  },
};

function replace(start: number, end: number, text: string): Repair {
  return { title: `Write ${text}`, safe: true, edits: [{ start, end, text }] };
}

/** The weight that was plainly meant by another way to write 0 or 1. */
function plainWeight({ value }: Node): "0" | "1" | undefined {
  if (value === 1 || value === true || value === "1" || value === "1.0") return "1";
  if (value === 0 || value === false || value === "0" || value === "0.0") return "0";
  return undefined;
}
