import { describeTurn } from "../dialogue.ts";
import { endOf } from "../json-node.ts";
import { nameOf, toolsOf, type Exchange, type ToolCall } from "../tools.ts";
import { severityOf, type RecordRule } from "./rule.ts";

export const unansweredCall: RecordRule = {
  id: "unanswered-call",
  severity: "error",
  summary: "A tool is called, and the conversation goes on without its result.",
  explanation: "Each call is followed by its result, before the user or the assistant speaks again; of several calls in one message each has its own. Only the calls of the last message may stay open, since they are what is learnt. Add the result, or remove the call.",
  source: "https://github.com/mistralai/mistral-common (protocol/instruct/validator.py)",
  *check(record, { tools: limits, title, id }) {
    if (limits === "refused") return;
    const server = id === "mistral" ? " (Mistral: Not the same number of function calls and responses)" : "";
    for (const exchange of toolsOf(record).exchanges) {
      for (const call of openCalls(exchange)) {
        const node = call.name ?? call.node;
        yield {
          start: node.offset, end: endOf(node), severity: severityOf(limits.pairing) ?? "error",
          message: `The call of ${nameOf(call)} in ${describeTurn(call.dialogue, call.turn)} has no result; ${title} expects one before the conversation goes on${server}. Add the result, or remove the call.`,
        };
      }
    }
  },
};

/** The calls that nothing answers. Results are told apart by their ids where each is that of a call, and else by their number. */
function openCalls({ calls, results, closed }: Exchange): readonly ToolCall[] {
  if (!closed && results.length === 0) return [];
  // ShareGPT's observation answers all calls of the turn before it.
  if (calls.every(({ form }) => form === "turn") && results.length > 0) return [];
  const answered = new Set<unknown>(results.map(({ id }) => id?.value));
  const called = new Set<unknown>(calls.map(({ id }) => id?.value));
  const identified = calls.every(({ id }) => id?.type === "string") && results.every(({ id }) => called.has(id?.value));
  return identified ? calls.filter(({ id }) => !answered.has(id?.value)) : calls.slice(results.length);
}
