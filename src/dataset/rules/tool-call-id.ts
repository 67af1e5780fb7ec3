import { newCallId } from "../call-id.ts";
import { describeTurn, sentence } from "../dialogue.ts";
import { endOf, type Node } from "../json-node.ts";
import { quote } from "../quote.ts";
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
    const { exchanges, strays, calls } = toolsOf(record);
    const severity = severityOf(limits.ids) ?? "error";
    const renaming = renameIds(record, limits);
    const taken = new Set(calls.map(({ id }) => String(id?.value)));
    const judge = (id: Node, open = false): Problem | undefined => {
      if (open && id.value === limits.idForm?.open) return undefined;
      if (id.type === "string" && id.value !== "" && (!limits.idForm || limits.idForm.pattern.test(String(id.value)))) return undefined;
      const expected = limits.idForm?.words ?? "a string that names the call";
      return { ...at(id), severity, message: `The id ${written(record.text, id)} is not of the form that ${title} takes; expected ${expected}.`, fixes: renaming.get(id) ?? [] };
    };
    const judgeResult = ({ id, dialogue, turn, node }: ToolResult, fixes: readonly Repair[]): Problem | undefined => {
      if (id && id.type !== "null") return judge(id);
      return { ...at(turn.roleNode ?? node), severity, message: `${sentence(describeTurn(dialogue, turn))} has no "tool_call_id"; ${title} expects the id of the call that it answers.`, fixes };
    };
    const earlier = new Set<string>();
    for (const exchange of exchanges) {
      const numbering = numberExchange(exchange, taken);
      const own = new Set<string>();
      for (const call of exchange.calls) {
        if (call.form !== "tool_calls") continue;
        if (!call.id || call.id.type === "null") {
          yield { ...at(call.name ?? call.node), severity, message: `The call of ${nameOf(call)} in ${describeTurn(call.dialogue, call.turn)} has no id; ${title} expects one, which its result repeats as "tool_call_id".`, fixes: numbering };
          continue;
        }
        const id = String(call.id.value);
        const fault = judge(call.id, isOpen(exchange));
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
        if (own.size > 0 && !own.has(id)) yield { ...at(result.id), severity, message: `The result in ${describeTurn(result.dialogue, result.turn)} answers ${written(record.text, result.id)}, but no call before it has that id; expected ${own.size > 1 ? "one of " : ""}${[...own].slice(0, 8).map((each) => quote(each)).join(", ")}.` };
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

/** Whether calls are the last of a conversation, with no result behind them. */
function isOpen({ closed, results }: Exchange): boolean {
  return !closed && results.length === 0;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function at(node: Node): { readonly start: number; readonly end: number } {
  return { start: node.offset, end: endOf(node) };
}

function written(text: string, node: Node): string {
  return text.slice(node.offset, Math.min(endOf(node), node.offset + 60));
}

/**
 * Fixes by the id that is of the wrong form: the first renames all ids of the record, each for the call and its results together; the others their
 * own. An id that stands many times has its fix at the first only, since findings times edits would outgrow the record.
 */
function renameIds(record: DatasetRecord, { idForm }: ToolLimits): ReadonlyMap<Node, readonly Repair[]> {
  const repairs = new Map<Node, readonly Repair[]>();
  if (!idForm) return repairs;
  const { calls, results, exchanges } = toolsOf(record);
  const open = new Set(exchanges.flatMap((exchange) => (isOpen(exchange) ? exchange.calls.map(({ id }) => id) : [])));
  const ids = [...calls, ...results].flatMap(({ id, form }: ToolCall | ToolResult) => (id?.type === "string" && form === "tool_calls" && !(open.has(id) && id.value === idForm.open) ? [id] : [])).sort((a, b) => a.offset - b.offset);
  const places = new Map<string, Node[]>();
  for (const node of ids) {
    const same = places.get(String(node.value));
    if (same) same.push(node);
    else places.set(String(node.value), [node]);
  }
  const taken = new Set(places.keys());
  const all: Edit[] = [];
  for (const [id, nodes] of places) {
    if (idForm.pattern.test(id)) continue;
    const anew = newCallId(id, taken);
    taken.add(anew);
    const edits = nodes.map((node) => ({ ...at(node), text: JSON.stringify(anew) }));
    for (const edit of edits) all.push(edit);
    for (const node of nodes.length > 8 ? nodes.slice(0, 1) : nodes) repairs.set(node, [{ title: "Rename the id, in its call and its results", safe: true, edits }]);
  }
  const [first] = repairs.keys();
  if (first && repairs.size > 1) repairs.set(first, [{ title: "Rename the ids of all calls, and of their results", safe: true, edits: all.sort((a, b) => a.start - b.start) }]);
  return repairs;
}

/** Ids for calls and results that have none, in their order; nothing where some have one, where their numbers differ, or where they are many. */
function numberExchange({ calls, results, closed }: Exchange, taken: Set<string>): readonly Repair[] {
  const open = isOpen({ calls, results, closed });
  const bare = [...calls, ...results].every(({ id, form }) => form === "tool_calls" && id === undefined);
  if (!bare || calls.length > 16 || (!open && calls.length !== results.length)) return [];
  const edits = calls.flatMap((call, index) => {
    const id = newCallId(`${call.dialogue.name} ${call.turn.index} ${index}`, taken);
    taken.add(id);
    const result = results[index]?.node;
    return [insertMember(call.node, "id", id), ...(result ? [insertMember(result, "tool_call_id", id)] : [])];
  });
  return [{ title: "Write ids, in the order of calls and results", safe: false, edits: edits.sort((a, b) => a.start - b.start) }];
}

function insertMember({ offset }: Node, key: string, value: string): Edit {
  return { start: offset + 1, end: offset + 1, text: `"${key}": ${JSON.stringify(value)}, ` };
}
