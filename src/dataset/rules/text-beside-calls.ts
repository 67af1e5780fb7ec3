import { describeTurn, sentence, textsOf } from "../dialogue.ts";
import { endOf } from "../json-node.ts";
import { removeMember } from "../remove-member.ts";
import { toolsOf } from "../tools.ts";
import { severityOf, type RecordRule } from "./rule.ts";

export const textBesideCalls: RecordRule = {
  id: "text-beside-calls",
  severity: "error",
  summary: "A message of the assistant holds both text and calls, where the target takes either.",
  explanation: "Mistral's validator answers `Assistant message must have either content or tool_calls, but not both.` OpenAI takes both. Remove the text, or move it into an answer behind the result.",
  source: "https://github.com/mistralai/mistral-common (protocol/instruct/validator.py)",
  *check(record, { tools: limits, title, id }) {
    if (limits === "refused") return;
    const severity = severityOf(limits.textBeside);
    if (!severity) return;
    for (const { calls } of toolsOf(record).exchanges) {
      const [call] = calls;
      const content = call?.turn.content;
      if (!call || !content || (call.form !== "tool_calls" && call.form !== "function_call") || !textsOf(call.turn).some(({ value }) => value !== "")) continue;
      const key = call.turn.node.children?.find(({ children }) => children?.[1] === content)?.children?.[0];
      const server = id === "mistral" ? " (Mistral: Assistant message must have either content or tool_calls, but not both.)" : "";
      yield {
        start: content.offset, end: endOf(content), severity,
        message: `${sentence(describeTurn(call.dialogue, call.turn))} holds text beside its calls; ${title} takes either${server}.`,
        fixes: key ? [{ title: "Remove the text", safe: false, edits: [removeMember(call.turn.node, key, content)] }] : [],
      };
    }
  },
};
