import type { Part, ReasoningKey, Speaker, ToolCall, Turn } from "./conversation.ts";
import { readObjectText, type Json, type JsonObject } from "./json-text.ts";
import { Refusal } from "./loss.ts";
import { readChatPart, writeChatPart } from "./message-parts.ts";
import { booleanOf, kindOf, listOf, openObject, textOf, writtenOf, type ObjectReader, type Value } from "./record-reader.ts";
import { createCallIds, createOpenCalls } from "./tool-links.ts";

/** The roles of OpenAI's chat messages, Mistral's and TRL's among them; `function` is what tools were called before. */
export const chatRoles: Readonly<Record<string, Speaker>> = { system: "system", developer: "developer", user: "user", assistant: "assistant", tool: "tool", function: "tool" };

/** Reads messages that follow one another in lists, so that a result in one list finds its call in another. */
export interface MessageReader {
  /** Throws a Refusal for a speaker that is not known and for what cannot be read. */
  read(list: Value): readonly Turn[];
  /** Likewise, for one message. */
  message(value: Value): Turn;
}

/** Reads the messages of OpenAI's chat format, and of those that write them alike with roles of their own. */
export function createMessageReader(roles: Readonly<Record<string, Speaker>> = chatRoles): MessageReader {
  const open = createOpenCalls();
  const newId = createCallIds();
  const readMessage = (value: Value): Turn => {
    const message = openObject(value);
    const role = message.takeText("role");
    const speaker = role === undefined ? undefined : ownValue(roles, role);
    if (speaker === undefined) throw unknownSpeaker(message, "role", role, Object.keys(roles));
    const calls = speaker === "assistant" ? readCalls(message, newId) : undefined;
    if (calls) open.call(calls);
    const name = message.takeText("name");
    const resultOf = speaker === "tool" ? (message.takeText("tool_call_id") ?? open.answer(role === "function" ? name : undefined)?.id ?? newId()) : undefined;
    const turn: Turn = {
      speaker,
      path: message.path,
      parts: readContent(message.take("content", "text")),
      ...(name === undefined || role === "function" ? {} : { name }),
      ...optional("weight", message.take("weight"), writtenOf),
      ...optional("refusal", message.take("refusal"), textOf),
      ...(speaker === "assistant" ? readReasoning(message) : {}),
      ...(calls ? { calls } : {}),
      ...(resultOf === undefined ? {} : { resultOf }),
    };
    message.finish();
    return turn;
  };
  return { read: (list) => listOf(list).map(readMessage), message: readMessage };
}

/** How a format writes messages apart from the others. */
export interface MessageStyle {
  /** Arguments of calls as the text that OpenAI wants, or as the object that chat templates take. */
  readonly arguments: "text" | "object";
  /** The id under which a call is written; its own where nothing is said. */
  readonly callId?: (id: string) => string;
}

/** Turns as OpenAI's chat messages. Throws a Refusal for arguments that are no object where one is wanted. */
export function writeMessages(turns: readonly Turn[], { arguments: form, callId = (id) => id }: MessageStyle): readonly JsonObject[] {
  const writeCall = (call: ToolCall): Json => ({ id: callId(call.id), type: "function", function: { name: call.name, arguments: form === "text" ? call.arguments : objectOf(call) } });
  return turns.map((turn) => {
    const { parts, refusal, calls, reasoning, resultOf } = turn;
    const silent = parts.length === 0 && (calls !== undefined || refusal !== undefined);
    return {
      role: turn.speaker,
      tool_call_id: resultOf === undefined ? undefined : callId(resultOf),
      name: turn.name,
      content: silent ? undefined : writeContent(parts),
      ...(reasoning ? { [reasoning.key]: reasoning.text } : {}),
      refusal,
      tool_calls: calls?.map(writeCall),
      weight: turn.weight,
    };
  });
}

/** The arguments of a call as the object that they are. Throws a Refusal when they are none. */
export function objectOf(call: ToolCall): Json {
  const written = readObjectText(call.arguments);
  if (!written) throw new Refusal(`${call.path}: the arguments of the call are no JSON object, and only an object can be written here`);
  return written;
}

/** A refusal of a speaker that nobody knows. */
export function unknownSpeaker(turn: ObjectReader, key: string, written: string | undefined, known: readonly string[]): Refusal {
  return new Refusal(written === undefined ? `${turn.path} has no ${key}; it is not known who speaks` : `${turn.at(key)} is ${JSON.stringify(written)}, which is no known speaker; known are ${known.join(", ")}`);
}

/** The value that an object has for a key of its own. */
export function ownValue<Item>(object: Readonly<Record<string, Item>>, key: string): Item | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A property that is there only when there is a value. */
export function optional<Key extends string, Result>(key: Key, value: Value | undefined, read: (value: Value) => Result): { readonly [Name in Key]?: Result } {
  return value === undefined ? {} : ({ [key]: read(value) } as { [Name in Key]?: Result });
}

/** A text as one part, or a list of OpenAI's content parts. */
export function readContent(content: Value | undefined): readonly Part[] {
  if (!content) return [];
  if (content.node.type === "string") return [{ kind: "text", path: content.path, text: textOf(content) }];
  if (content.node.type !== "array") throw new Refusal(`${content.path} is ${kindOf(content.node)}; expected text or a list of parts`);
  return listOf(content).flatMap(readChatPart);
}

function writeContent(parts: readonly Part[]): Json {
  const [first] = parts;
  if (!first) return null;
  return parts.length === 1 && first.kind === "text" ? first.text : parts.map(writeChatPart);
}

const reasoningKeys: readonly ReasoningKey[] = ["reasoning_content", "reasoning", "thinking"];

function readReasoning(message: ObjectReader): Pick<Turn, "reasoning"> {
  for (const key of reasoningKeys) {
    const value = message.take(key);
    if (value) return { reasoning: { key, text: textOf(value) } };
  }
  return {};
}

function readCalls(message: ObjectReader, newId: () => string): readonly ToolCall[] | undefined {
  const list = message.take("tool_calls");
  const calls = list ? listOf(list).map((value) => readCall(value, newId)) : [];
  const legacy = message.take("function_call");
  if (legacy) calls.push(readFunction(openObject(legacy), newId()));
  return calls.length > 0 ? calls : undefined;
}

function readCall(value: Value, newId: () => string): ToolCall {
  const call = openObject(value);
  const id = call.takeText("id") ?? newId();
  const type = call.takeText("type") ?? "function";
  const called = call.take("function");
  if (type !== "function") throw new Refusal(`${call.at("type")} is ${JSON.stringify(type)}; only calls of functions can be converted`);
  call.take("index");
  const read = readFunction(called ? openObject(called) : call, id);
  call.finish();
  return { ...read, path: call.path };
}

function readFunction(called: ObjectReader, id: string): ToolCall {
  const name = called.takeText("name");
  if (name === undefined) throw new Refusal(`${called.path} has no name; it is not known what is called`);
  const given = called.take("arguments");
  called.finish();
  return { path: called.path, id, name, arguments: !given ? "{}" : given.node.type === "string" ? textOf(given) : writtenOf(given).jsonText };
}

/** Whether the switch for parallel calls is there, and how it stands. */
export function readParallelToolCalls(record: ObjectReader) {
  return optional("parallelToolCalls", record.take("parallel_tool_calls"), (value) => ({ value: booleanOf(value), path: value.path }));
}
