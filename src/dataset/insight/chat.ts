import { callsTools, textsOf, type Dialogue, type Speaker, type TextField, type Turn } from "../dialogue.ts";
import { formatTitle, recogniseFormat } from "../formats/index.ts";
import { elements, endOf, properties, property, readTree, type Node } from "../json-node.ts";
import { judgeCalls, pathWords, type JudgedCall } from "../judge-calls.ts";
import { mediaOf } from "../media.ts";
import { readRecord, type DatasetRecord } from "../record.ts";
import { toolsOf, type ToolCall } from "../tools.ts";
import type { Target } from "../targets/target.ts";
import { prettyJson } from "./pretty-json.ts";
import { messageTokens, recordTokens, type CountTokens } from "./tokens.ts";

/** A record as the chat that a training makes of it. */
export interface Chat {
  /** The format in words; undefined where the record shows none. */
  readonly format: string | undefined;
  readonly turns: readonly ChatTurn[];
  readonly tools: readonly ChatTool[];
  /** What stands beside, such as labels: JSON over many lines, by key. */
  readonly rest: readonly { readonly key: string; readonly json: string }[];
  readonly tokens: number;
  /** Whether tokens are left out that a service counts in a way of its own: definitions of tools, pictures. */
  readonly tokensLeaveOut: boolean;
  readonly limit?: { readonly tokens: number; readonly beyond: "cut" | "refused" };
}

export interface ChatTurn {
  /** As it is written; the key where a text has no speaker. */
  readonly role: string;
  readonly speaker: Speaker | undefined;
  /** To which part of a record it belongs, where there are several: a prompt, an answer, a rejected answer. */
  readonly part: Dialogue["part"];
  readonly text: string;
  readonly calls: readonly ChatCall[];
  readonly media: readonly ChatMedium[];
  /** Further members of the message: JSON over many lines, by key. */
  readonly more: readonly { readonly key: string; readonly json: string }[];
  readonly tokens: number;
  readonly learning: Learning;
  /** Whether the target keeps all of it, or where the record is longer than it takes, a beginning or nothing. */
  readonly kept: "whole" | "beginning" | "nothing";
}

/** Whether a turn is learnt, and why or why not. */
export interface Learning {
  readonly how: "learnt" | "masked" | "avoided";
  readonly why: string;
}

export interface ChatCall {
  readonly name: string;
  readonly id?: string;
  /** The arguments: JSON over many lines. */
  readonly json: string;
  /** Whether they fit the declared parameters; `unknown` where nothing is declared, or that cannot be told. */
  readonly fit: "fits" | "faulty" | "unknown";
  /** What they break, each a sentence. */
  readonly faults: readonly string[];
}

export interface ChatTool {
  readonly name: string;
  readonly description: string;
  readonly json: string;
}

export interface ChatMedium {
  readonly kind: "image" | "video" | "audio" | "file";
  /** An address, or bytes as `data:…`. */
  readonly address: string;
}

/** Reads a record as a chat for a target; undefined where it is no JSON, or holds nothing that anybody says. `count` counts the tokens of a text. Never throws. */
export function readChat(line: string, target: Target, count: CountTokens): Chat | undefined {
  const tree = readTree(line);
  const format = tree?.type === "object" ? recogniseFormat(tree, target.formats) : undefined;
  if (!tree || !format) return undefined;
  // Whether the target takes the format, the linter says; it can be read all the same.
  const record = readRecord(line, { ...target, formats: [format] });
  if (!record.tree) return undefined;
  const judged = new Map([...judgeCalls(record)].map((each) => [each.call.node, each]));
  const { tools, calls, lists } = toolsOf(record);
  const said = [
    ...record.dialogues.flatMap((dialogue) => dialogue.turns.map((turn) => ({ offset: turn.node.offset, turn: toTurn(record, dialogue, turn, calls, judged, target, count) }))),
    ...record.texts.map((field) => ({ offset: field.node.offset, turn: fromField(field, target, count) })),
  ].sort((a, b) => a.offset - b.offset).map(({ turn }) => turn);
  if (said.length === 0) return undefined;
  const { tokens, more } = recordTokens(line, count);
  return {
    format: formatTitle(format),
    turns: cut(said, target),
    tools: tools.map(({ node, name, description, depth }) => ({ name: String(name?.value ?? "?"), description: description?.type === "string" ? String(description.value) : "", json: depth === 0 ? prettyJson(line.slice(node.offset, endOf(node))) : "" })),
    rest: restOf(record, lists.map(({ name }) => name)),
    tokens,
    tokensLeaveOut: more,
    ...(target.tokens ? { limit: { tokens: target.tokens.limit, beyond: target.tokens.beyond } } : {}),
  };
}

function toTurn({ text }: DatasetRecord, { dialect, part }: Dialogue, turn: Turn, calls: readonly ToolCall[], judged: ReadonlyMap<Node, JudgedCall>, target: Target, count: CountTokens): Omit<ChatTurn, "kept"> {
  const shownKeys = new Set([dialect.role, dialect.content, "tool_calls", "function_call"]);
  const own = calls.filter((call) => call.turn === turn);
  const spoken = textsOf(turn).map(({ value }) => String(value)).join("\n");
  return {
    role: turn.role ?? "?", speaker: turn.meant, part,
    // A turn that is nothing but a call writes the call as its text.
    text: own.some(({ form }) => form === "turn") ? "" : spoken,
    calls: own.map((call) => toCall(text, call, judged.get(call.node))),
    media: mediaOf(turn).map(({ kind, address, inline, type }) => ({ kind, address: inline ? `data:${String(type?.value ?? "")};base64,${String(address?.value ?? "")}` : String(address?.value ?? "") })),
    more: properties(turn.node).filter(({ name, value }) => !shownKeys.has(name) && value.type !== "null").map(({ name, value }) => ({ key: name, json: prettyJson(text.slice(value.offset, endOf(value))) })),
    tokens: messageTokens(JSON.parse(text.slice(turn.node.offset, endOf(turn.node))), count),
    learning: learningOf(turn, part, target),
  };
}

function toCall(text: string, { name, id, arguments: given }: ToolCall, judged: JudgedCall | undefined): ChatCall {
  const faults = judged?.faults;
  return {
    name: String(name?.value ?? "?"),
    ...(id?.type === "string" ? { id: String(id.value) } : {}),
    json: given === undefined ? "" : prettyJson(given.type === "string" ? String(given.value) : text.slice(given.offset, endOf(given))),
    fit: faults === undefined ? "unknown" : faults.length === 0 ? "fits" : "faulty",
    faults: (faults ?? []).map((fault) => `${pathWords(fault)} ${fault.words}.`),
  };
}

function learningOf(turn: Turn, part: Dialogue["part"], { method, weights, learns }: Target): Learning {
  if (method === "rft") return { how: "masked", why: "The model answers by itself; the grader sees how well." };
  if (part === "rejected") return { how: "avoided", why: "The rejected answer: the model learns to prefer the other one." };
  if (method === "dpo") return part === "answer" && turn.meant === "assistant" ? { how: "learnt", why: "The preferred answer." } : { how: "masked", why: "Read, and not learnt." };
  const weight = property(turn.node, "weight")?.value as unknown;
  if (learns) return { how: "learnt", why: "This trainer learns all messages unless it is set to learn answers alone." };
  if (turn.meant !== "assistant" && !callsTools(turn)) return { how: "masked", why: "Read, and not learnt." };
  if (weight === 0 && weights === "0-or-1") return { how: "masked", why: "Its weight is 0." };
  return { how: "learnt", why: "An answer of the assistant." };
}

function fromField({ name, node, purpose }: TextField, { method, learns }: Target, count: CountTokens): Omit<ChatTurn, "kept"> {
  const learnt = method !== "rft" && (purpose === "answer" || purpose === "text" || (learns === "everything" && method === "sft" && purpose !== "rejected"));
  return {
    role: name, speaker: purpose === "system" ? "system" : purpose === "question" ? "user" : purpose === "answer" || purpose === "rejected" ? "assistant" : undefined,
    part: purpose === "rejected" ? "rejected" : purpose === "answer" ? "answer" : "prompt",
    text: String(node.value), calls: [], media: [], more: [], tokens: count(String(node.value)),
    learning: purpose === "rejected" ? { how: "avoided", why: "The rejected answer: the model learns to prefer the other one." } : learnt ? { how: "learnt", why: purpose === "text" ? "All of the text." : "The answer." } : { how: "masked", why: "Read, and not learnt." },
  };
}

/** What the target keeps of each turn; the answers of a pair each follow the prompt. */
function cut(turns: readonly Omit<ChatTurn, "kept">[], { tokens }: Target): readonly ChatTurn[] {
  let prompt = 0;
  const answers = { answer: 0, rejected: 0 };
  return turns.map((turn) => {
    const isAnswer = turn.part === "answer" || turn.part === "rejected";
    const before = isAnswer ? prompt + answers[turn.part as "answer" | "rejected"] : prompt;
    if (isAnswer) answers[turn.part as "answer" | "rejected"] += turn.tokens;
    else prompt += turn.tokens;
    const limit = tokens?.beyond === "cut" ? tokens.limit : Infinity;
    return { ...turn, kept: before + turn.tokens <= limit ? "whole" : before < limit ? "beginning" : "nothing" };
  });
}

function restOf({ text, tree, dialogues, texts }: DatasetRecord, toolKeys: readonly string[]): Chat["rest"] {
  const shown = new Set([...dialogues.map(({ name }) => name.split(".")[0]), ...texts.map(({ name }) => name), ...toolKeys]);
  return properties(tree).filter(({ name, value }) => !shown.has(name) && !elements(value).some((each) => dialogues.some(({ list }) => list === each)) && value.type !== "null").map(({ name, value }) => ({ key: name, json: prettyJson(text.slice(value.offset, endOf(value))) }));
}

