import { newCallId } from "../call-id.ts";
import { describeTurn, sentence } from "../dialogue.ts";
import { endOf, properties, type Node } from "../json-node.ts";
import { toolsOf, type ToolUse } from "../tools.ts";
import { severityOf, type RecordRule, type Repair } from "./rule.ts";

export const legacyFunctions: RecordRule = {
  id: "legacy-functions",
  severity: "warning",
  summary: "A record declares or calls functions in OpenAI's older way, which has given way to tools, or in both ways at once.",
  explanation: "`functions` and `function_call` were deprecated for `tools` and `tool_calls`: OpenAI still reads them, other targets ignore or refuse them, and a record with both is refused. The conversion is suggested, with new ids for calls and results; look at it before you keep it.",
  source: "https://github.com/openai/openai-openapi (CreateChatCompletionRequest)",
  *check(record, { tools: limits, title }) {
    if (limits === "refused") return;
    const usual = severityOf(limits.legacy);
    if (!usual) return;
    const use = toolsOf(record);
    const places = [
      ...use.lists.flatMap(({ name, key }) => (name === "functions" ? [{ key, words: '"functions" is the older way to declare tools' }] : [])),
      ...use.calls.flatMap(({ form, turn, node, dialogue }) => {
        const key = form === "function_call" ? keyOf(turn.node, node) : undefined;
        return key ? [{ key, words: `${sentence(describeTurn(dialogue, turn))} calls in the older way, by "function_call"` }] : [];
      }),
    ];
    const mixed = use.lists.some(({ name }) => name !== "functions") || use.calls.some(({ form }) => form === "tool_calls");
    const verdict = usual === "error" ? `${title} takes only "tools" and "tool_calls"` : mixed ? 'this record has "tools" or "tool_calls" too, and the two do not mix' : '"tools" and "tool_calls" have taken its place';
    for (const [index, { key, words }] of places.entries()) {
      // The suggestion is of the whole record, and is made once: with each finding it would outgrow the record.
      const fixes = mixed || index > 0 ? [] : toTools(use);
      yield { start: key.offset, end: endOf(key), severity: mixed ? "error" : usual, message: `${words}: ${verdict}.`, fixes };
    }
  },
};

/** Writes a record's functions as tools, in one suggestion; nothing where a call has several results, or a result no call. */
function toTools({ lists, exchanges, strays }: ToolUse): readonly Repair[] {
  if (strays.length > 0 || exchanges.some(({ calls, results }) => calls.length !== 1 || results.length > 1)) return [];
  const taken = new Set<string>();
  const edits: { start: number; end: number; text: string }[] = [];
  const insert = (start: number, text: string): void => void edits.push({ start, end: start, text });
  for (const { name, key, items } of lists) {
    if (name !== "functions" || !items) continue;
    edits.push({ start: key.offset, end: endOf(key), text: '"tools"' });
    for (const item of items) {
      insert(item.offset, '{"type": "function", "function": ');
      insert(endOf(item), "}");
    }
  }
  for (const { calls: [call], results: [result] } of exchanges) {
    const key = call && keyOf(call.turn.node, call.node);
    if (!call || !key) continue;
    const id = newCallId(`${call.dialogue.name} ${call.turn.index}`, taken);
    taken.add(id);
    edits.push({ start: key.offset, end: endOf(key), text: '"tool_calls"' });
    insert(call.node.offset, `[{"id": "${id}", "type": "function", "function": `);
    insert(endOf(call.node), "}]");
    if (!result?.turn.roleNode) continue;
    edits.push({ start: result.turn.roleNode.offset, end: endOf(result.turn.roleNode), text: `"tool", "tool_call_id": "${id}"` });
  }
  return edits.length === 0 ? [] : [{ title: "Write functions as tools", safe: false, edits: edits.sort((a, b) => a.start - b.start) }];
}

function keyOf(holder: Node, value: Node): Node | undefined {
  return properties(holder).find((member) => member.value === value)?.key;
}
