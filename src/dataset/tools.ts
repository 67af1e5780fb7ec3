import type { Dialogue, Turn } from "./dialogue.ts";
import { readEmbedded } from "./embedded-json.ts";
import { elements, properties, property, type Node } from "./json-node.ts";
import { quote } from "./quote.ts";
import type { DatasetRecord } from "./record.ts";

/** How a call and its result are written: OpenAI's way and its older one, a turn of ShareGPT's, a part of Gemini's, a block of Bedrock's. */
export type CallForm = "tool_calls" | "function_call" | "turn" | "part" | "block";

/** A list of definitions under a key of a record. */
export interface ToolList {
  readonly key: Node;
  readonly name: string;
  readonly value: Node;
  /** Its elements; undefined where it is a text that holds no list. */
  readonly items: readonly Node[] | undefined;
  /** How many strings its elements stand in: 1 where the list is JSON in a string. */
  readonly depth: number;
  readonly tools: readonly DeclaredTool[];
  /** Its elements that hold no definition. */
  readonly unread: readonly Node[];
}

/** The definition of one tool. */
export interface DeclaredTool {
  /** The object that has the name. */
  readonly node: Node;
  readonly name: Node | undefined;
  readonly description: Node | undefined;
  readonly parameters: Node | undefined;
  readonly depth: number;
  /** Gemini writes types in capital letters and `nullable`, as OpenAPI does. */
  readonly openApi: boolean;
}

/** One call of a tool. */
export interface ToolCall {
  readonly dialogue: Dialogue;
  readonly turn: Turn;
  readonly form: CallForm;
  readonly node: Node;
  /** The object that has the name and the arguments. */
  readonly body: Node;
  readonly id: Node | undefined;
  readonly name: Node | undefined;
  readonly arguments: Node | undefined;
  /** How many strings name and arguments stand in. */
  readonly depth: number;
}

/** What a tool gave back. */
export interface ToolResult {
  readonly dialogue: Dialogue;
  readonly turn: Turn;
  readonly form: CallForm;
  readonly node: Node;
  readonly id: Node | undefined;
}

/** The calls of one turn with the results behind it. */
export interface Exchange {
  readonly calls: readonly ToolCall[];
  readonly results: readonly ToolResult[];
  /** Whether the conversation goes on with another turn than results. */
  readonly closed: boolean;
}

/** The tools of a record: what is declared, what is called, and what came back. */
export interface ToolUse {
  readonly lists: readonly ToolList[];
  readonly tools: readonly DeclaredTool[];
  readonly calls: readonly ToolCall[];
  readonly exchanges: readonly Exchange[];
  readonly results: readonly ToolResult[];
  /** Results with no call before them. */
  readonly strays: readonly ToolResult[];
}

const kept = new WeakMap<DatasetRecord, ToolUse>();

/** The tools of a record in whatever format, read once for all rules; nothing where the target does not take the format. */
export function toolsOf(record: DatasetRecord): ToolUse {
  let use = kept.get(record);
  if (!use) {
    use = readTools(record);
    kept.set(record, use);
  }
  return use;
}

function readTools({ text, tree, accepted, dialogues }: DatasetRecord): ToolUse {
  const input = property(tree, "input");
  const lists = accepted ? [...readLists(text, tree), ...(input ? readLists(text, input) : [])] : [];
  const exchanges: Exchange[] = [];
  const strays: ToolResult[] = [];
  for (const dialogue of dialogues) pair(text, dialogue, exchanges, strays);
  return { lists, tools: lists.flatMap(({ tools }) => tools), calls: exchanges.flatMap(({ calls }) => calls), exchanges, results: [...exchanges.flatMap(({ results }) => results), ...strays], strays };
}

/** Under which keys definitions stand: OpenAI's, Mistral's, OpenAI's older one, Bedrock's. */
const listKeys = ["tools", "available_tools", "functions", "toolConfig"];

function readLists(text: string, holder: Node | undefined): readonly ToolList[] {
  return properties(holder).flatMap(({ key, name, value }): readonly ToolList[] => {
    if (!listKeys.includes(name) || value.type === "null") return [];
    const embedded = value.type === "string" ? readEmbedded(text, value) : undefined;
    const list = embedded ?? (name === "toolConfig" ? property(value, "tools") : value);
    const blank = value.type === "string" && String(value.value).trim() === "";
    const items = list?.type === "array" ? elements(list) : blank ? [] : undefined;
    const depth = embedded ? 1 : 0;
    const read = (items ?? []).map((item) => ({ item, tools: readDefinitions(item, depth) }));
    return [{ key, name, value, items, depth, tools: read.flatMap(({ tools }) => tools), unread: read.filter(({ tools }) => tools.length === 0).map(({ item }) => item) }];
  });
}

function readDefinitions(item: Node, depth: number): readonly DeclaredTool[] {
  const gemini = property(item, "functionDeclarations") ?? property(item, "function_declarations");
  if (gemini) return elements(gemini).map((node) => definition(node, property(node, "parameters"), depth, true));
  const bedrock = property(item, "toolSpec");
  if (bedrock) return [definition(bedrock, property(property(bedrock, "inputSchema"), "json"), depth)];
  const node = property(item, "function") ?? item;
  return node.type === "object" && property(node, "name") ? [definition(node, property(node, "parameters"), depth)] : [];
}

function definition(node: Node, parameters: Node | undefined, depth: number, openApi = false): DeclaredTool {
  return { node, name: stringUnder(node, "name"), description: property(node, "description"), parameters: parameters?.type === "null" ? undefined : parameters, depth, openApi };
}

/** Walks through a list of turns and joins the calls with the results behind them. */
function pair(text: string, dialogue: Dialogue, exchanges: Exchange[], strays: ToolResult[]): void {
  let open: { calls: readonly ToolCall[]; results: ToolResult[]; closed: boolean } | undefined;
  // The call that the first turn of an answer gives the result of stands at the end of the prompt.
  let beforeCalls = dialogue.part === "answer" || dialogue.part === "rejected";
  for (const turn of dialogue.turns) {
    const results = readResults(dialogue, turn);
    const taken = open?.results ?? (beforeCalls ? undefined : strays);
    for (const result of results) taken?.push(result);
    const calls = readCalls(text, dialogue, turn);
    if (results.length > 0 && calls.length === 0) continue;
    beforeCalls = false;
    if (open) open.closed = true;
    open = calls.length > 0 ? { calls, results: [], closed: false } : undefined;
    if (open) exchanges.push(open);
  }
}

function readCalls(text: string, dialogue: Dialogue, turn: Turn): readonly ToolCall[] {
  const { node, content } = turn;
  const call = (form: CallForm, whole: Node, body: Node, id: Node | undefined, args: string, depth = 0): ToolCall =>
    ({ dialogue, turn, form, node: whole, body, id, name: stringUnder(body, "name"), arguments: property(body, args), depth });
  const legacy = property(node, "function_call");
  const embedded = turn.role === "function_call" && content ? readEmbedded(text, content) : undefined;
  // A turn of that role calls, whatever it holds.
  const spoken = embedded?.type === "array" ? elements(embedded) : turn.role === "function_call" && content ? [embedded ?? content] : [];
  return [
    ...elements(property(node, "tool_calls")).flatMap((each) => (property(each, "function")?.type === "object" ? [call("tool_calls", each, property(each, "function") ?? each, property(each, "id"), "arguments")] : [])),
    ...(legacy?.type === "object" ? [call("function_call", legacy, legacy, undefined, "arguments")] : []),
    ...spoken.map((each) => call("turn", each, each, undefined, "arguments", 1)),
    ...elements(content).flatMap((part) => {
      const gemini = property(part, "functionCall");
      const bedrock = property(part, "toolUse");
      return [...(gemini?.type === "object" ? [call("part", gemini, gemini, property(gemini, "id"), "args")] : []), ...(bedrock?.type === "object" ? [call("block", bedrock, bedrock, property(bedrock, "toolUseId"), "input")] : [])];
    }),
  ];
}

function readResults(dialogue: Dialogue, turn: Turn): readonly ToolResult[] {
  const { node, meant, content, role } = turn;
  const result = (form: CallForm, whole: Node, id: Node | undefined): ToolResult => ({ dialogue, turn, form, node: whole, id });
  const parts = elements(content).flatMap((part) => {
    const gemini = property(part, "functionResponse");
    const bedrock = property(part, "toolResult");
    return [...(gemini ? [result("part", gemini, property(gemini, "id"))] : []), ...(bedrock ? [result("block", bedrock, property(bedrock, "toolUseId"))] : [])];
  });
  if (parts.length > 0) return parts;
  if (meant === "function") return [result("function_call", node, undefined)];
  if (meant !== "tool") return [];
  if (dialogue.dialect.role !== "role") return [result("turn", node, undefined)];
  return [result(role?.trim().toLowerCase() === "function" ? "part" : "tool_calls", node, property(node, "tool_call_id"))];
}

function stringUnder(node: Node, name: string): Node | undefined {
  const value = property(node, name);
  return value?.type === "string" ? value : undefined;
}

/** The name that is called, or `a tool` where there is none. */
export function nameOf({ name }: { readonly name: Node | undefined }): string {
  return name ? quote(String(name.value)) : "a tool";
}
