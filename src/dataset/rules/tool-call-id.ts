import { newCallId } from "../call-id.ts";
import { describeTurn, sentence } from "../dialogue.ts";
import { endOf, type Node } from "../json-node.ts";
import type { DatasetRecord } from "../record.ts";
import type { ToolLimits } from "../targets/target.ts";
import { nameOf, toolsOf, type Exchange, type ToolCall, type ToolResult } from "../tools.ts";
import { severityOf, type Problem, type RecordRule, type Repair } from "./rule.ts";

export const toolCallId: RecordRule = {
  id: "tool-call-id",
  severity: "error",
  summary: "A call has no id, one that stands twice or one of the wrong form, or a result names no call.",
  explanation: "A call's `id` and the `tool_call_id` of its result are what joins the two. Mistral takes ids of exactly nine letters and digits; ids of another form are renamed safely, in the call and in its results together. Ids that lack are suggested, since only you know which result belongs to which call.",
  source: "https://docs.mistral.ai/capabilities/finetuning/text_finetuning",
  *check(record, { tools: limits, title }) {
    if (limits === "refused" || limits.ids === "taken") return;
    const { exchanges, strays } = toolsOf(record);
    const severity = severityOf(limits.ids) ?? "error";
    const renaming = renameIds(record, limits);
    const judge = (id: Node): Problem | undefined => {
      if (id.type === "string" && id.value !== "" && (!limits.idForm || limits.idForm.pattern.test(String(id.value)))) return undefined;
      const expected = limits.idForm?.words ?? "a string that names the call";
      return { ...at(id), severity, message: `The id ${written(record.text, id)} is not of the form that ${title} takes; expected ${expected}.`, fixes: id.type === "string" && renaming ? [renaming] : [] };
    };
    const judgeResult = ({ id, dialogue, turn, node }: ToolResult, fixes: readonly Repair[]): Problem | undefined => {
      if (id && id.type !== "null") return judge(id);
      return { ...at(turn.roleNode ?? node), severity, message: `${sentence(describeTurn(dialogue, turn))} has no "tool_call_id"; ${title} expects the id of the call that it answers.`, fixes };
    };
    const earlier = new Set<string>();
    for (const exchange of exchanges) {
      const numbering = numberExchange(exchange, record);
      const own = new Set<string>();
      for (const call of exchange.calls) {
        if (call.form !== "tool_calls") continue;
        if (!call.id || call.id.type === "null") {
          yield { ...at(call.name ?? call.node), severity, message: `The call of ${nameOf(call)} in ${describeTurn(call.dialogue, call.turn)} has no id; ${title} expects one, which its result repeats as "tool_call_id".`, fixes: numbering };
          continue;
        }
        const id = String(call.id.value);
        const fault = judge(call.id);
        if (fault) yield fault;
        if (own.has(id)) yield { ...at(call.id), severity, message: `The id ${written(record.text, call.id)} stands twice in ${describeTurn(call.dialogue, call.turn)}; each call has its own.` };
        else if (earlier.has(id) && !limits.idsPerMessage && call.dialogue.part !== "rejected") yield { ...at(call.id), severity: "warning", message: `The id ${written(record.text, call.id)} is that of an earlier call; each call of a record should have its own.` };
        own.add(id);
      }
      const answered = new Set<string>();
      for (const result of exchange.results) {
        if (result.form !== "tool_calls") continue;
        const fault = judgeResult(result, numbering);
        if (fault) yield fault;
        if (result.id?.type !== "string") continue;
        const id = String(result.id.value);
        if (own.size > 0 && !own.has(id)) yield { ...at(result.id), severity, message: `The result in ${describeTurn(result.dialogue, result.turn)} answers ${written(record.text, result.id)}, but no call before it has that id; expected ${own.size > 1 ? "one of " : ""}${[...own].map((each) => JSON.stringify(each)).join(", ")}.` };
        else if (answered.has(id) && own.size === exchange.calls.length) yield { ...at(result.id), severity, message: `The call ${written(record.text, result.id)} has a result already; each call has one.` };
        answered.add(id);
      }
      for (const id of own) earlier.add(id);
    }
    for (const result of strays) {
      const fault = result.form === "tool_calls" ? judgeResult(result, []) : undefined;
      if (fault) yield fault;
    }
  },
};

function at(node: Node): { readonly start: number; readonly end: number } {
  return { start: node.offset, end: endOf(node) };
}

function written(text: string, node: Node): string {
  return text.slice(node.offset, Math.min(endOf(node), node.offset + 60));
}

/** One fix for the record: each id of the wrong form anew, the same for a call and its results. */
function renameIds(record: DatasetRecord, { idForm }: ToolLimits): Repair | undefined {
  if (!idForm) return undefined;
  const { calls, results } = toolsOf(record);
  const ids = [...calls, ...results].flatMap(({ id, form }: ToolCall | ToolResult) => (id?.type === "string" && form === "tool_calls" ? [id] : []));
  const taken = new Set(ids.map(({ value }) => String(value)));
  const renamed = new Map<string, string>();
  for (const id of [...taken]) {
    if (idForm.pattern.test(id)) continue;
    const anew = newCallId(id, taken);
    taken.add(anew);
    renamed.set(id, anew);
  }
  const edits = ids.flatMap((id) => {
    const anew = renamed.get(String(id.value));
    return anew === undefined ? [] : [{ ...at(id), text: JSON.stringify(anew) }];
  });
  return edits.length === 0 ? undefined : { title: "Rename the ids of calls and results together", safe: true, edits: edits.sort((a, b) => a.start - b.start) };
}

/** Ids for calls and results that have none, in their order; nothing where some have one or their numbers differ. */
function numberExchange({ calls, results, closed }: Exchange, record: DatasetRecord): readonly Repair[] {
  const open = !closed && results.length === 0;
  const bare = [...calls, ...results].every(({ id, form }) => form === "tool_calls" && id === undefined);
  if (!bare || (!open && calls.length !== results.length)) return [];
  const { calls: all } = toolsOf(record);
  const taken = new Set(all.map(({ id }) => String(id?.value)));
  const edits = calls.flatMap((call, index) => {
    const id = newCallId(`${call.dialogue.name} ${call.turn.index} ${index}`, taken);
    taken.add(id);
    const result = results[index]?.node;
    return [insertMember(call.node, "id", id), ...(result ? [insertMember(result, "tool_call_id", id)] : [])];
  });
  return [{ title: "Write ids, in the order of calls and results", safe: false, edits: edits.sort((a, b) => a.start - b.start) }];
}

function insertMember({ offset }: Node, key: string, value: string): { readonly start: number; readonly end: number; readonly text: string } {
  return { start: offset + 1, end: offset + 1, text: `"${key}": ${JSON.stringify(value)}, ` };
}
