import type { MediaPart, Part, Tool, ToolCall, Turn } from "../conversation.ts";
import type { SourceFormat, TargetFormat } from "../format.ts";
import type { Json } from "../json-text.ts";
import { Refusal, type Lose } from "../loss.ts";
import { bedrockFormatOf, mediaTypeOf, mediaTypeOfBedrock } from "../media-type.ts";
import { objectOf, optional, ownValue, unknownSpeaker } from "../messages.ts";
import { listOf, openObject, textOf, writtenOf, type ObjectReader, type Value } from "../record-reader.ts";

const mediaKinds = ["image", "video", "document"] as const;

/**
 * Bedrock's conversations, as Amazon Nova takes them: `{"schemaVersion", "system"?: [{"text"}], "messages": [{"role", "content": [block]}], "toolConfig"?}`.
 * Source: Amazon Nova's user guide, Preparing data for SFT on Amazon Nova 2; the Converse API.
 */
export const bedrock: SourceFormat = {
  id: "bedrock",
  read(record) {
    record.take("schemaVersion");
    const system = record.take("system");
    const messages = record.take("messages");
    if (!messages) throw new Refusal("it has no messages");
    const instruction: readonly Turn[] = system ? [{ speaker: "system", path: system.path, parts: listOf(system).flatMap(readText) }] : [];
    const tools = record.take("toolConfig");
    return { turns: [...instruction, ...listOf(messages).flatMap(readMessage)], tools: tools ? readToolConfig(openObject(tools)) : [] };
  },
};

/** Conversations as Amazon Nova's supervised fine-tuning takes them. Media lie in S3; bytes have no place. */
export const toBedrock: TargetFormat = {
  id: "bedrock",
  title: "Bedrock conversation",
  source: "Amazon Nova's user guide, Preparing data for SFT on Amazon Nova 2",
  same: ["bedrock"],
  holds: new Set(["tools", "tool-calls", "images", "media-types", "videos", "documents", "several-parts", "reasoning"]),
  write({ turns, tools }, lose) {
    const [first] = turns;
    const instructed = first?.speaker === "system";
    const messages: { readonly role: string; readonly content: Json[]; readonly results: boolean }[] = [];
    for (const turn of instructed ? turns.slice(1) : turns) {
      const last = messages.at(-1);
      // The user's words behind the results of tools belong to the same message: Nova wants the speakers to take turns.
      if (turn.speaker !== "assistant" && last?.results) last.content.push(...writeBlocks(turn, lose));
      else messages.push({ role: turn.speaker === "assistant" ? "assistant" : "user", content: [...writeBlocks(turn, lose)], results: turn.speaker === "tool" });
    }
    return {
      schemaVersion: "bedrock-conversation-2024",
      system: instructed ? first.parts.flatMap((part) => (part.kind === "text" ? [{ text: part.text }] : [])) : undefined,
      messages: messages.map(({ role, content }) => ({ role, content })),
      toolConfig: tools.length === 0 ? undefined : { tools: tools.map(writeToolSpec) },
    };
  },
};

function readText(value: Value): readonly Part[] {
  if (value.node.type === "string") return [{ kind: "text", path: value.path, text: textOf(value) }];
  const block = openObject(value);
  const text = block.takeText("text");
  block.finish();
  return text === undefined ? [] : [{ kind: "text", path: block.path, text }];
}

function readMessage(value: Value): readonly Turn[] {
  const message = openObject(value);
  const role = message.takeText("role");
  const speaker = role === undefined ? undefined : ownValue({ user: "user", assistant: "assistant" } as const, role);
  if (!speaker) throw unknownSpeaker(message, "role", role, ["user", "assistant"]);
  const content = message.take("content");
  message.finish();
  const parts: Part[] = [];
  const thoughts: string[] = [];
  const calls: ToolCall[] = [];
  const results: Turn[] = [];
  const text = content?.node.type === "string" ? content : undefined;
  if (text) parts.push({ kind: "text", path: text.path, text: textOf(text) });
  for (const item of content && !text ? listOf(content) : []) {
    const block = openObject(item);
    const [use, result, thought] = [block.take("toolUse"), block.take("toolResult"), block.take("reasoningContent")];
    if (use) calls.push(readToolUse(openObject(use)));
    else if (result) results.push(readToolResult(openObject(result)));
    else if (thought) thoughts.push(readThought(openObject(thought)));
    else {
      if (calls.length > 0) value.record.leave(item.path, "what stands behind a tool call");
      parts.push(...readBlock(block));
    }
    block.finish();
  }
  if (results.length > 0 && parts.length === 0) return results;
  return [...results, {
    speaker,
    path: message.path,
    parts,
    ...(thoughts.length > 0 ? { reasoning: { key: "reasoning_content", text: thoughts.join("\n") } } : {}),
    ...(calls.length > 0 ? { calls } : {}),
  }];
}

function readBlock(block: ObjectReader): readonly Part[] {
  const { path } = block;
  const text = block.takeText("text");
  if (text !== undefined) return [{ kind: "text", path, text }];
  for (const kind of mediaKinds) {
    const given = block.take(kind);
    if (given) return [readMedia(openObject(given), kind, path)];
  }
  return [];
}

function readMedia(given: ObjectReader, kind: (typeof mediaKinds)[number], path: string): MediaPart {
  const format = given.takeText("format");
  const source = given.take("source");
  if (!source) throw new Refusal(`${given.path} has no source`);
  const from = openObject(source);
  const location = from.take("s3Location");
  const bytes = from.takeText("bytes");
  const place = location && openObject(location);
  const address = place?.takeText("uri");
  for (const reader of [place, from, given]) reader?.finish();
  const mediaType = format === undefined ? undefined : mediaTypeOfBedrock(kind, format);
  if (address !== undefined) return { kind, path, media: { address, ...(mediaType === undefined ? {} : { mediaType }) } };
  if (bytes === undefined || mediaType === undefined) throw new Refusal(`${given.path} has no s3Location with a uri, and no bytes of a known format`);
  return { kind, path, media: { data: bytes, mediaType } };
}

function readToolUse(use: ObjectReader): ToolCall {
  const id = use.takeText("toolUseId");
  const name = use.takeText("name");
  const input = use.take("input");
  use.finish();
  if (id === undefined || name === undefined) throw new Refusal(`${use.path} has no ${id === undefined ? "toolUseId" : "name"}`);
  return { path: use.path, id, name, arguments: input ? writtenOf(input).jsonText : "{}" };
}

function readToolResult(result: ObjectReader): Turn {
  const resultOf = result.takeText("toolUseId");
  const content = result.take("content");
  if (resultOf === undefined) throw new Refusal(`${result.path} has no toolUseId`);
  const parts = content ? listOf(content).flatMap((item): readonly Part[] => {
    const block = openObject(item);
    const json = block.take("json");
    const read = json ? [{ kind: "text", path: item.path, text: writtenOf(json).jsonText } as const] : readBlock(block);
    block.finish();
    return read;
  }) : [];
  result.finish();
  return { speaker: "tool", path: result.path, parts, resultOf };
}

function readThought(thought: ObjectReader): string {
  const reasoning = thought.take("reasoningText");
  thought.finish();
  const object = reasoning && openObject(reasoning);
  const text = object?.takeText("text") ?? "";
  object?.finish();
  return text;
}

function readToolConfig(config: ObjectReader): readonly Tool[] {
  const list = config.take("tools");
  config.finish();
  return list ? listOf(list).flatMap((item) => {
    const tool = openObject(item);
    const given = tool.take("toolSpec");
    tool.finish();
    if (!given) return [];
    const spec = openObject(given);
    const name = spec.takeText("name");
    const description = spec.take("description");
    const schema = spec.take("inputSchema");
    spec.finish();
    if (name === undefined) throw new Refusal(`${spec.path} has no name; a tool needs one`);
    const wrapping = schema && openObject(schema);
    const parameters = wrapping?.take("json");
    wrapping?.finish();
    return [{ path: item.path, name, ...optional("description", description, textOf), ...optional("parameters", parameters, writtenOf) }];
  }) : [];
}

function* writeBlocks(turn: Turn, lose: Lose): Generator<Json> {
  if (turn.speaker === "tool") {
    if (turn.parts.some(({ kind }) => kind !== "text")) lose(turn.path, "Bedrock's results of tools are written as text");
    yield { toolResult: { toolUseId: turn.resultOf ?? "", content: turn.parts.flatMap((part) => (part.kind === "text" ? [{ text: part.text }] : [])) } };
    return;
  }
  if (turn.reasoning) yield { reasoningContent: { reasoningText: { text: turn.reasoning.text } } };
  for (const part of turn.parts) {
    // Bedrock refuses a text that is empty, and beside a call an empty text says nothing.
    if (part.kind === "text" && (part.text !== "" || !turn.calls)) yield { text: part.text };
    if (part.kind === "image" || part.kind === "video" || part.kind === "document") yield* writeMedia({ ...part, kind: part.kind }, lose);
  }
  for (const call of turn.calls ?? []) yield { toolUse: { toolUseId: call.id, name: call.name, input: objectOf(call) } };
}

function* writeMedia({ kind, media, path }: MediaPart & { readonly kind: (typeof mediaKinds)[number] }, lose: Lose): Generator<Json> {
  const address = "address" in media ? media.address : undefined;
  const mediaType = media.mediaType ?? mediaTypeOf(address ?? "");
  if (address?.startsWith("s3://") !== true) return lose(path, "Bedrock's training records name media by their address in S3, s3://…");
  if (mediaType === undefined) return lose(path, `Bedrock wants the format of ${JSON.stringify(address)}, and its ending does not show it`);
  yield { [kind]: { format: bedrockFormatOf(mediaType), source: { s3Location: { uri: address } } } };
}

function writeToolSpec({ name, description, parameters }: Tool): Json {
  return { toolSpec: { name, description, inputSchema: parameters && { json: parameters } } };
}
