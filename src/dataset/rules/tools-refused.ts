import { describeTurn, sentence } from "../dialogue.ts";
import { findFormat } from "../formats/index.ts";
import { endOf } from "../json-node.ts";
import { nameOf, toolsOf } from "../tools.ts";
import type { RecordRule } from "./rule.ts";

export const toolsRefused: RecordRule = {
  id: "tools-refused",
  severity: "error",
  summary: "A record declares or calls tools, of which the target knows nothing.",
  explanation: "Claude and Nova are tuned on Bedrock with texts alone (Nova with pictures too): their validators refuse definitions, calls and results of tools. Write what the tool did as text, or choose a target that takes tools.",
  source: "https://docs.aws.amazon.com/nova/latest/userguide/fine-tune-prepare-data-understanding.html",
  *check(record, { tools: limits, title }) {
    if (limits !== "refused" || !record.format) return;
    const { lists, exchanges, results } = toolsOf(record);
    const { keys } = findFormat(record.format);
    for (const { key, name } of lists) {
      // Of a key that the format does not have, `unknown-key` tells where the target minds.
      if (keys.includes(name) || name === "toolConfig") yield { start: key.offset, end: endOf(key), message: `"${name}" declares tools; ${title} takes none.` };
    }
    for (const { calls } of exchanges) for (const call of calls) yield { start: call.node.offset, end: endOf(call.node), message: `${sentence(describeTurn(call.dialogue, call.turn))} calls ${nameOf(call)}; ${title} takes no tools. Write what the assistant says instead.` };
    // A role of tools `unknown-role` has told of.
    for (const { form, node, dialogue, turn } of results) if (form === "block" || form === "part") yield { start: node.offset, end: endOf(node), message: `${sentence(describeTurn(dialogue, turn))} holds a tool's result; ${title} takes no tools.` };
  },
};
