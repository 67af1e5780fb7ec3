import { describeTurn } from "../dialogue.ts";
import { endOf } from "../json-node.ts";
import { severityOf, type RecordRule } from "./rule.ts";

export const misplacedSystem: RecordRule = {
  id: "misplaced-system",
  severity: "error",
  summary: "A system message stands behind others, or there are several, where the target takes one at the beginning.",
  explanation: "Most chat templates render one system message before everything else and fail, or drop it, anywhere else. Merge the system messages into one, and put it first.",
  source: "https://docs.together.ai/docs/fine-tuning/data-preparation",
  *check({ dialogues }, { turns: { system, disorder }, title }) {
    if (system === "anywhere") return;
    const expected = system === "first" ? "at most one system message, before all others" : "system messages before all others";
    for (const dialogue of dialogues) {
      let begun = false;
      for (const turn of dialogue.turns) {
        if (turn.meant !== "system" && turn.meant !== "developer") begun = true;
        else if (turn.roleNode && (system === "first" ? turn.index > 0 : begun)) {
          const severity = severityOf(disorder) ?? "error";
          yield { start: turn.roleNode.offset, end: endOf(turn.roleNode), severity, message: `The system speaks in ${describeTurn(dialogue, turn)}; ${title} expects ${expected}. Merge it with the first.` };
        }
      }
    }
  },
};
