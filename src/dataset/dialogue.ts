import { elements, property, type Node } from "./json-node.ts";

/** Who speaks, in the words of OpenAI's chat format; what other formats call them, their dialect says. */
export const speakers = ["system", "developer", "user", "assistant", "tool", "function"] as const;
export type Speaker = (typeof speakers)[number];

/** How a format writes a turn: the keys of role and content, and its names of the speakers. */
export interface Dialect {
  readonly role: string;
  readonly content: string;
  /** Exact names as written; the first of a speaker is the one to write. */
  readonly names: Readonly<Record<string, Speaker>>;
}

/** One message of a conversation, in whatever format. */
export interface Turn {
  readonly node: Node;
  /** Its place in the list, from 0. */
  readonly index: number;
  /** The role as it is written, when it is a string. */
  readonly role: string | undefined;
  readonly roleNode: Node | undefined;
  /** Who speaks, where the role is written exactly. */
  readonly speaker: Speaker | undefined;
  /** Who is meant to speak, be the role written in the wrong letter case or with spaces: `unknown-role` alone tells of that. */
  readonly meant: Speaker | undefined;
  readonly content: Node | undefined;
}

/** A list of turns of a record: the whole conversation, the prompt of a preference pair, or one of its answers. */
export interface Dialogue {
  /** Where it stands in the record, such as `messages` or `input.messages`. */
  readonly name: string;
  readonly part: "conversation" | "prompt" | "answer" | "rejected";
  readonly list: Node;
  readonly dialect: Dialect;
  readonly turns: readonly Turn[];
  /** Whether each element of the list is an object with a role; where it is not, `wrong-shape` tells of what lacks. */
  readonly whole: boolean;
}

/** A text of a record outside any list of turns: the instruction of an Alpaca record, a completion. */
export interface TextField {
  readonly name: string;
  readonly node: Node;
  readonly purpose: "system" | "question" | "answer" | "rejected" | "text";
}

/** Role and content as OpenAI writes them. */
export const chatDialect: Dialect = {
  role: "role",
  content: "content",
  names: { system: "system", developer: "developer", user: "user", assistant: "assistant", tool: "tool", function: "function" },
};

/** The turns of a list; nothing where there is no list. A single object counts as a list of one: Axolotl writes chosen answers so. */
export function readDialogue(list: Node | undefined, name: string, part: Dialogue["part"], dialect: Dialect = chatDialect): readonly Dialogue[] {
  if (list?.type !== "array" && list?.type !== "object") return [];
  const items = list.type === "array" ? elements(list) : [list];
  const turns = items.flatMap((node, index) => (node.type === "object" ? [readTurn(node, index, dialect)] : []));
  return [{ name, part, list, dialect, turns, whole: turns.length === items.length && turns.every(({ role }) => role !== undefined) }];
}

function readTurn(node: Node, index: number, dialect: Dialect): Turn {
  const roleNode = property(node, dialect.role);
  const role = roleNode?.type === "string" ? String(roleNode.value) : undefined;
  return { node, index, role, roleNode, speaker: role === undefined ? undefined : speakerOf(role, dialect), meant: role === undefined ? undefined : meantSpeaker(role, dialect), content: property(node, dialect.content) };
}

function speakerOf(role: string, { names }: Dialect): Speaker | undefined {
  return Object.hasOwn(names, role) ? names[role] : undefined;
}

function meantSpeaker(role: string, { names }: Dialect): Speaker | undefined {
  const plain = role.trim().toLowerCase();
  for (const name of Object.keys(names)) if (name.toLowerCase() === plain) return names[name];
  return undefined;
}

/** The name that a dialect writes for a speaker, if it has one. */
export function nameOfSpeaker(speaker: Speaker, { names }: Dialect): string | undefined {
  return Object.keys(names).find((name) => names[name] === speaker);
}

/** A turn in words, such as `message 3` or `message 1 of input.messages`. */
export function describeTurn({ name }: Dialogue, { index }: Turn): string {
  return name === "messages" ? `message ${index + 1}` : `message ${index + 1} of ${name}`;
}

/** A sentence that begins with a small letter, begun as a sentence. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The nodes that hold the words of a turn: its content, or the texts of its parts. Any of them may be blank. */
export function textsOf({ content }: Turn): readonly Node[] {
  if (content?.type === "string") return [content];
  return elements(content).flatMap((part) => {
    const text = property(part, "text");
    return text?.type === "string" ? [text] : [];
  });
}

/** Whether a turn calls tools: `tool_calls`, OpenAI's older `function_call`, or ShareGPT's role of that name. */
export function callsTools(turn: Turn): boolean {
  const calls = property(turn.node, "tool_calls");
  const legacy = property(turn.node, "function_call");
  return (calls !== undefined && calls.type !== "null" && elements(calls).length > 0) || (legacy !== undefined && legacy.type !== "null") || turn.role === "function_call"
    || elements(turn.content).some((part) => property(part, "functionCall") !== undefined || property(part, "toolUse") !== undefined);
}
