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
    for (const dialogue of dialogues) {
      for (const turn of dialogue.turns) {
        if ((turn.meant !== "system" && turn.meant !== "developer") || turn.index === 0 || !turn.roleNode) continue;
        const severity = severityOf(disorder) ?? "error";
        yield { start: turn.roleNode.offset, end: endOf(turn.roleNode), severity, message: `The system speaks in ${describeTurn(dialogue, turn)}; ${title} expects at most one system message, before all others. Merge it with the first.` };
      }
    }
  },
};
