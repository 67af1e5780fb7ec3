import { readTree, type Node } from "../../json-node.ts";
import { isJson } from "../../json-syntax.ts";
import type { Conversation, Speaker, ToolCall, Turn } from "../conversation.ts";
import type { SourceFormat, TargetFormat } from "../format.ts";
import { readObjectText, writeJson, type Json, type JsonObject } from "../json-text.ts";
import { Refusal, type Lose } from "../loss.ts";
import { createMessageReader, optional, ownValue, unknownSpeaker } from "../messages.ts";
import { plainText, sayText } from "../plain-text.ts";
import { booleanOf, listOf, openObject, textOf, writtenOf, type ObjectReader, type Value } from "../record-reader.ts";
import { createCallIds, createOpenCalls, unlinkedResults } from "../tool-links.ts";
import { takePair } from "../preference-pair.ts";
import { readTools, writeFunction } from "../tools.ts";

type Role = Speaker | "call";

/** The names under which speakers are found in ShareGPT data, LLaMA-Factory's first. */
const roles: Readonly<Record<string, Role>> = {
  human: "user", gpt: "assistant", system: "system", function_call: "call", observation: "tool",
  user: "user", assistant: "assistant", chatgpt: "assistant", bing: "assistant", bard: "assistant", tool: "tool",
};
const written: Readonly<Record<Speaker, string>> = { user: "human", assistant: "gpt", system: "system", developer: "system", tool: "observation" };

/** ShareGPT as LLaMA-Factory reads it: `{"conversations": [{"from", "value"}], "system"?, "tools"?, "kto_tag"?}`. */
export const sharegpt: SourceFormat = {
  id: "sharegpt",
  read: (record) => ({
    ...readConversations(record, createTurnReader()),
    ...optional("label", record.take("kto_tag"), (value) => ({ value: booleanOf(value), path: value.path })),
  }),
};

/** The same with two answers, `chosen` and `rejected`, each one turn. */
export const sharegptPreference: SourceFormat = {
  id: "sharegpt-preference",
  read(record) {
    const reader = createTurnReader();
    const conversation = readConversations(record, reader);
    const [chosen, rejected] = takePair(record);
    return { ...conversation, preference: { preferred: [reader.turn(chosen)], rejected: [reader.turn(rejected)], path: rejected.path } };
  },
};

/** ShareGPT as LLaMA-Factory, Axolotl and Unsloth take it: the system message is a turn, since not all of them look for it elsewhere. */
export const toSharegpt: TargetFormat = {
  id: "sharegpt",
  title: "ShareGPT",
  source: "LLaMA-Factory, data/README.md, section Sharegpt Format",
  same: ["sharegpt", "sharegpt-preference"],
  holds: new Set(["tools", "strict-tools", "tool-calls", "several-systems", "rejected-answers", "labels"]),
  write({ turns, tools, preference, label }, lose) {
    for (const { path } of unlinkedResults(turns, "order")) lose(path, "ShareGPT has no ids, and this result does not stand in the order of the calls");
    const answers = preference && { chosen: writeAnswer(preference.preferred, "preferred", lose), rejected: writeAnswer(preference.rejected, "rejected", lose) };
    return {
      conversations: turns.map((turn) => writeTurn(turn, lose)),
      ...answers,
      kto_tag: label?.value,
      tools: tools.length === 0 ? undefined : spaced(tools.map((tool) => spacedObject(writeFunction(tool)))),
    };
  },
};

function readConversations(record: ObjectReader, reader: ReturnType<typeof createTurnReader>): Conversation {
  const list = record.take("conversations", "items");
  if (!list) throw new Refusal("it has no conversations");
  const system = record.take("system");
  const turns = reader.list(list);
  const instructed = system && textOf(system) !== "" ? [sayText("system", system.path, textOf(system))] : [];
  return { turns: [...instructed, ...turns], tools: readTools(record.take("tools")) };
}

function createTurnReader() {
  const newId = createCallIds();
  const open = createOpenCalls();
  const readTurn = (value: Value): Turn => {
    const turn = openObject(value);
    const from = turn.takeText("from", "role");
    const role = from === undefined ? undefined : ownValue(roles, from);
    if (role === undefined) throw unknownSpeaker(turn, "from", from, Object.keys(roles));
    const said = turn.take("value", "content");
    const text = said ? textOf(said) : "";
    const weight = optional("weight", turn.take("weight"), writtenOf);
    turn.finish();
    if (role === "call") {
      const calls = readCalls(text, said?.path ?? turn.path, newId, value);
      open.call(calls);
      return { speaker: "assistant", path: turn.path, parts: [], ...weight, calls };
    }
    const spoken = { ...sayText(role, turn.path, text), ...weight };
    return role === "tool" ? { ...spoken, resultOf: open.answer()?.id ?? newId() } : spoken;
  };
  return {
    turn: readTurn,
    /** Some write OpenAI's messages under this key. */
    list: (list: Value): readonly Turn[] => (listOf(list).some(isMessage) ? createMessageReader().read(list) : listOf(list).map(readTurn)),
  };
}

function isMessage({ node }: Value): boolean {
  const names = node.type === "object" ? (node.children ?? []).map(({ children }) => String(children?.[0]?.value)) : [];
  return names.includes("role") && names.includes("content") && !names.includes("from");
}

function readCalls(text: string, path: string, newId: () => string, { record }: Value): readonly ToolCall[] {
  const node: Node | undefined = isJson(text) ? readTree(text) : undefined;
  if (node?.type !== "object" && node?.type !== "array") throw new Refusal(`${path} is no JSON of a call; expected {"name": …, "arguments": …}`);
  const value: Value = { node, path, record: { text, leave: record.leave } };
  return (node.type === "array" ? listOf(value) : [value]).map((item) => {
    const call: ObjectReader = openObject(item);
    const name = call.takeText("name");
    if (name === undefined) throw new Refusal(`${call.path} has no name; it is not known what is called`);
    const given = call.take("arguments");
    call.finish();
    return { path, id: newId(), name, arguments: !given ? "{}" : given.node.type === "string" ? textOf(given) : writtenOf(given).jsonText };
  });
}

function writeTurn(turn: Turn, lose: Lose): JsonObject {
  const text = plainText(turn);
  if (!turn.calls) return { from: written[turn.speaker], value: text };
  if (text.trim() !== "") lose(turn.path, "ShareGPT has no place for text beside a tool call");
  const calls = turn.calls.map(({ name, arguments: given }) => spacedObject({ name, arguments: readObjectText(given) ?? given }));
  return { from: "function_call", value: calls.length === 1 ? (calls[0] ?? "") : spaced(calls) };
}

function writeAnswer(turns: readonly Turn[], which: string, lose: Lose): JsonObject {
  const [answer] = turns;
  if (!answer || turns.length > 1) throw new Refusal(`the ${which} answer has ${turns.length} messages, and ShareGPT's has one`);
  return writeTurn(answer, lose);
}

/** JSON inside of a text, spaced as Python's `json.dumps` writes it: so LLaMA-Factory's own data is, and comes back as it was. */
function spacedObject(object: Readonly<Record<string, Json | undefined>>): string {
  const pairs = Object.entries(object).flatMap(([key, value]) => (value === undefined ? [] : [`${JSON.stringify(key)}: ${writeJson(value)}`]));
  return `{${pairs.join(", ")}}`;
}

function spaced(items: readonly string[]): string {
  return `[${items.join(", ")}]`;
}
