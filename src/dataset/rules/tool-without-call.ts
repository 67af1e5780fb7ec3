import { describeTurn, sentence } from "../dialogue.ts";
import { endOf } from "../json-node.ts";
import { shorten } from "../quote.ts";
import { toolsOf } from "../tools.ts";
import { severityOf, type RecordRule } from "./rule.ts";

export const toolWithoutCall: RecordRule = {
  id: "tool-without-call",
  severity: "error",
  summary: "A tool's result stands where no tool was called.",
  explanation: "A result answers a call of the assistant, which stands right before it or before the other results of the same message. Without the call the model learns from a result that came from nowhere, and servers refuse the file. Add the call, or remove the result.",
  source: "https://github.com/openai/openai-openapi (ChatCompletionRequestToolMessage)",
  *check(record, { tools: limits, title, id }) {
    if (limits === "refused") return;
    for (const { dialogue, turn } of toolsOf(record).strays) {
      const node = turn.roleNode ?? turn.node;
      const before = dialogue.turns[turn.index - 1]?.role;
      const server = id === "mistral" && before !== undefined ? ` (Mistral: Unexpected role 'tool' after role '${shorten(before)}')` : "";
      yield {
        start: node.offset, end: endOf(node), severity: severityOf(limits.pairing) ?? "error",
        message: `${sentence(describeTurn(dialogue, turn))} is the result of a tool, but ${before === undefined ? "nothing stands" : "no call stands right"} before it; ${title} expects the assistant's call there${server}. Add the call, or remove the result.`,
      };
    }
  },
};
