import { describeTurn, sentence } from "../dialogue.ts";
import { endOf, property } from "../json-node.ts";
import { toolsOf } from "../tools.ts";
import type { RecordRule } from "./rule.ts";

export const parallelCalls: RecordRule = {
  id: "parallel-calls",
  severity: "warning",
  summary: "A message calls several tools at once in a record that says that this is not to happen.",
  explanation: "`parallel_tool_calls: false` tells the model to call one tool at a time. A record that says so and shows several calls in one message teaches the contrary. Write the calls as messages of their own, each with its result, or remove `parallel_tool_calls`.",
  source: "https://developers.openai.com/api/docs/guides/supervised-fine-tuning",
  *check(record, { tools: limits }) {
    if (limits === "refused" || !record.accepted) return;
    const forbidden = [record.tree, property(record.tree, "input")].some((holder) => property(holder, "parallel_tool_calls")?.value === false);
    if (!forbidden) return;
    for (const { calls } of toolsOf(record).exchanges) {
      const [, second] = calls;
      if (!second) continue;
      yield { start: second.node.offset, end: endOf(second.node), message: `${sentence(describeTurn(second.dialogue, second.turn))} calls ${calls.length} tools at once, but "parallel_tool_calls" is false; expected one call a message.` };
    }
  },
};
