import { elements, endOf, properties, property, type Node } from "../json-node.ts";
import { prettyJson } from "./pretty-json.ts";

/** One speaker's part of a record, as it is read: not a training format but what all of them have in common. */
export interface Turn {
  /** As it is written; the key of the record where the text has no speaker of its own, such as `completion`. */
  readonly role: string;
  readonly text: string;
  /** What the message holds besides its text, such as tool calls: JSON over many lines. */
  readonly more?: string;
}

/** A record as somebody reads it. */
export interface Conversation {
  readonly turns: readonly Turn[];
  /** What stands beside the turns, such as `tools`: JSON over many lines, by key. */
  readonly rest: readonly { readonly key: string; readonly json: string }[];
}

/**
 * The turns of a record, whatever its format: lists of messages under any key, and texts under keys of their own. `text` is what `tree` was read from;
 * it may have been cut off. Without a turn there is nothing to read as a conversation.
 */
export function readConversation(tree: Node | undefined, text: string): Conversation | undefined {
  const turns: Turn[] = [];
  const rest: { key: string; json: string }[] = [];
  const own = properties(tree);
  // Beside messages a string is a label or an id; alone it is what is learnt.
  const hasMessages = own.some(({ value }) => messageLists(value).length > 0);
  for (const { name, value } of own) {
    const lists = messageLists(value);
    const speaks = value.type === "string" && (!hasMessages || textKeys.has(name));
    if (speaks) turns.push({ role: name, text: String(value.value) });
    for (const message of lists.flatMap(elements)) turns.push(readTurn(message, conversationKeys.has(name) ? undefined : name, text));
    if (!speaks && lists.length === 0) rest.push({ key: name, json: json(value, text) });
    else if (value.type === "object" && !isMessage(value)) {
      for (const beside of properties(value)) if (messageLists(beside.value).length === 0) rest.push({ key: `${name}.${beside.name}`, json: json(beside.value, text) });
    }
  }
  return turns.length > 0 ? { turns, rest } : undefined;
}

/** Keys under which a record holds its one conversation, so that they need not be said. */
const conversationKeys = new Set(["messages", "conversations", "conversation", "contents", "input"]);
/** Texts that are part of what is learnt even beside messages. */
const textKeys = new Set(["system", "prompt", "completion", "chosen", "rejected", "instruction", "output", "response"]);
const roleKeys = ["role", "from"] as const;
const contentKeys = ["content", "value", "parts", "text"] as const;

/** The lists of messages that a value is or holds: a list, one message alone, or an object with `messages`. */
function messageLists(value: Node): readonly Node[] {
  if (value.type === "array") return value.children?.some(isMessage) ? [value] : [];
  if (value.type !== "object") return [];
  if (isMessage(value)) return [{ ...value, type: "array", children: [value] }];
  return properties(value).flatMap(({ value: inner }) => (inner.type === "array" && inner.children?.some(isMessage) ? [inner] : []));
}

function isMessage(node: Node): boolean {
  return node.type === "object" && [...roleKeys, "parts"].some((key) => property(node, key) !== undefined) && [...contentKeys, "tool_calls", "function_call", "refusal"].some((key) => property(node, key) !== undefined);
}

function readTurn(message: Node, list: string | undefined, text: string): Turn {
  if (message.type !== "object") return { role: list ?? message.type, text: json(message, text) };
  const roleKey = roleKeys.find((key) => property(message, key) !== undefined);
  const contentKey = contentKeys.find((key) => property(message, key) !== undefined);
  const role = textOf(roleKey && property(message, roleKey), text) || "?";
  const more = properties(message).filter(({ name }) => name !== roleKey && name !== contentKey).map(({ name, value }) => `${name}: ${json(value, text)}`);
  const content = contentKey && property(message, contentKey);
  return { role: list === undefined ? role : `${list}: ${role}`, text: content ? textOf(content, text) : "", ...(more.length > 0 ? { more: more.join("\n") } : {}) };
}

/** The text of a content: a string, or parts of which the texts are shown as text and all others as JSON. */
function textOf(content: Node | undefined, text: string): string {
  if (!content || content.type === "null") return "";
  if (content.type === "string") return String(content.value);
  if (content.type !== "array") return json(content, text);
  return elements(content).map((part) => {
    const own = property(part, "text");
    return part.type === "string" ? String(part.value) : own?.type === "string" ? String(own.value) : json(part, text);
  }).join("\n");
}

function json(node: Node, text: string): string {
  return prettyJson(text.slice(node.offset, endOf(node)));
}
