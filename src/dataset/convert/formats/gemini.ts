import type { Conversation, MediaPart, Part, Tool, ToolCall, Turn } from "../conversation.ts";
import type { SourceFormat, TargetFormat } from "../format.ts";
import { schemaWithTypes } from "../gemini-schema.ts";
import type { Json, JsonObject } from "../json-text.ts";
import { Refusal, type Lose } from "../loss.ts";
import { kindOfMedia, mediaTypeOf } from "../media-type.ts";
import { objectOf } from "../messages.ts";
import { plainText } from "../plain-text.ts";
import { listOf, openObject, textOf, writtenOf, type ObjectReader, type Value } from "../record-reader.ts";
import { callsOfResults, createCallIds, createOpenCalls, unlinkedResults } from "../tool-links.ts";
import { readFunctionDefinition } from "../tools.ts";
import { readResponse, writeResponse } from "./gemini-response.ts";

/**
 * Gemini's contents: `{"systemInstruction"?, "contents": [{"role", "parts"}], "tools"?}`, keys in camel case or snake case.
 * Source: Vertex AI's documentation of supervised tuning and of tuning function calling.
 */
export const gemini: SourceFormat = { id: "gemini", read: (record) => readContents(record).conversation };

/** Gemini's rows for preference tuning: contents with two `completions`, one of score 1 and one of score 0. */
export const geminiPreference: SourceFormat = {
  id: "gemini-preference",
  read(record) {
    const list = record.take("completions");
    const { conversation, reader } = readContents(record);
    const answers = list ? listOf(list).map((value) => readCompletion(value, reader)) : [];
    const preferred = answers.find(({ score }) => Number(score) === 1);
    const rejected = answers.find(({ score }) => Number(score) === 0);
    if (!rejected) throw new Refusal("it has no rejected answer, which is a completion of score 0");
    if (!preferred) throw new Refusal("it has no preferred answer, which is a completion of score 1");
    for (const answer of answers) if (answer !== preferred && answer !== rejected) record.record.leave(answer.path, "a third answer");
    return { ...conversation, preference: { preferred: preferred.turns, rejected: rejected.turns, path: rejected.path } };
  },
};

/** Gemini's contents as Vertex AI takes them; with completions where there is a rejected answer. */
export const toVertex: TargetFormat = {
  id: "vertex",
  title: "Gemini",
  source: "Vertex AI, Prepare supervised fine-tuning data for Gemini models; Tune function calling; Prepare preference tuning data",
  same: ["gemini", "gemini-preference"],
  holds: new Set(["tools", "tool-calls", "images", "media-types", "videos", "audio", "documents", "several-parts", "rejected-answers"]),
  write({ turns, tools, preference }, lose) {
    for (const { path } of unlinkedResults(turns, "name")) lose(path, "Gemini has no ids, and this result does not stand in the order of the calls");
    const [first] = turns;
    const instructed = first?.speaker === "system";
    const writer = createContentWriter([...turns, ...(preference?.preferred ?? []), ...(preference?.rejected ?? [])], lose);
    const completion = (answer: readonly Turn[], score: string, which: string): Json => {
      const contents = writer.write(answer);
      if (contents.length !== 1) throw new Refusal(`the ${which} answer has ${answer.length} messages, and Gemini's has one`);
      return { score: { jsonText: score }, completion: contents[0] ?? {} };
    };
    return {
      systemInstruction: instructed ? { role: "system", parts: first.parts.map((part) => writePart(part, lose)) } : undefined,
      contents: writer.write(instructed ? turns.slice(1) : turns),
      completions: preference && [completion(preference.preferred, "1", "preferred"), completion(preference.rejected, "0", "rejected")],
      tools: tools.length === 0 ? undefined : [{ functionDeclarations: tools.map(writeDeclaration) }],
    };
  },
};

interface ContentReader {
  content(value: Value): readonly Turn[];
}

function readContents(record: ObjectReader): { readonly conversation: Conversation; readonly reader: ContentReader } {
  const reader = createContentReader();
  const system = record.take("systemInstruction", "system_instruction");
  const contents = record.take("contents");
  if (!contents) throw new Refusal("it has no contents");
  const tools = record.take("tools");
  const list = contents.node.type === "array" ? listOf(contents) : [contents];
  const conversation = {
    turns: [...(system ? readInstruction(system) : []), ...list.flatMap((value) => reader.content(value))],
    tools: tools ? (tools.node.type === "array" ? listOf(tools) : [tools]).flatMap(readTools) : [],
  };
  return { conversation, reader };
}

function readInstruction(value: Value): readonly Turn[] {
  if (value.node.type === "string") return [{ speaker: "system", path: value.path, parts: [{ kind: "text", path: value.path, text: textOf(value) }] }];
  const system = openObject(value);
  // Vertex AI ignores the role of an instruction.
  system.take("role");
  const parts = system.take("parts");
  const turn: Turn = { speaker: "system", path: system.path, parts: parts ? asList(parts).flatMap((part) => readPart(openObject(part))) : [] };
  system.finish();
  return [turn];
}

function createContentReader(): ContentReader {
  const newId = createCallIds();
  const open = createOpenCalls();
  return {
    content(value) {
      const content = openObject(value);
      const role = content.takeText("role") ?? "user";
      if (!["user", "model", "function", "tool"].includes(role)) throw new Refusal(`${content.at("role")} is ${JSON.stringify(role)}, which is no known speaker; known are user, model, function`);
      const list = content.take("parts");
      const parts: Part[] = [];
      const thoughts: string[] = [];
      const calls: ToolCall[] = [];
      const results: Turn[] = [];
      for (const item of list ? asList(list) : []) {
        const part = openObject(item);
        const call = part.take("functionCall", "function_call");
        const response = part.take("functionResponse", "function_response");
        if (call) calls.push(readCall(call, newId));
        else if (response) results.push(readResult(response, (name, id) => id ?? open.answer(name)?.id ?? newId()));
        else if (part.take("thought")?.node.value === true) thoughts.push(part.takeText("text") ?? "");
        else {
          if (calls.length > 0) value.record.leave(item.path, "what stands behind a tool call");
          parts.push(...readPart(part));
        }
        part.finish();
      }
      content.finish();
      if (calls.length > 0) open.call(calls);
      if (results.length > 0 && parts.length === 0) return results;
      const turn: Turn = {
        speaker: role === "model" ? "assistant" : "user",
        path: content.path,
        parts,
        ...(thoughts.length > 0 ? { reasoning: { key: "reasoning_content", text: thoughts.join("\n") } } : {}),
        ...(calls.length > 0 ? { calls } : {}),
      };
      return [...results, turn];
    },
  };
}

function asList(value: Value): readonly Value[] {
  return value.node.type === "array" ? listOf(value) : [value];
}

/** The text, picture or file of a part; nothing where only a reader of the whole content knows what to do. */
function readPart(part: ObjectReader): readonly Part[] {
  const { path } = part;
  const text = part.takeText("text");
  if (text !== undefined) return [{ kind: "text", path, text }];
  const inline = part.take("inlineData", "inline_data");
  const file = part.take("fileData", "file_data");
  const given = inline ?? file;
  if (!given) return [];
  const data = openObject(given);
  const mediaType = data.takeText("mimeType", "mime_type");
  const bytes = data.takeText("data");
  const address = data.takeText("fileUri", "file_uri");
  data.finish();
  if (address !== undefined) return [{ kind: kindOfMedia(mediaType ?? mediaTypeOf(address) ?? ""), path, media: { address, ...(mediaType === undefined ? {} : { mediaType }) } }];
  if (bytes === undefined || mediaType === undefined) throw new Refusal(`${data.path} has no data or no mimeType`);
  return [{ kind: kindOfMedia(mediaType), path, media: { data: bytes, mediaType } }];
}

function readCall(value: Value, newId: () => string): ToolCall {
  const call = openObject(value);
  const name = call.takeText("name");
  if (name === undefined) throw new Refusal(`${call.path} has no name; it is not known what is called`);
  const given = call.take("args");
  const id = call.takeText("id") ?? newId();
  call.finish();
  return { path: call.path, id, name, arguments: given ? writtenOf(given).jsonText : "{}" };
}

function readResult(value: Value, idOf: (name: string | undefined, id: string | undefined) => string): Turn {
  const result = openObject(value);
  const name = result.takeText("name");
  const resultOf = idOf(name, result.takeText("id"));
  const response = result.take("response");
  result.finish();
  return { speaker: "tool", path: result.path, parts: response ? [{ kind: "text", path: response.path, text: readResponse(response) }] : [], resultOf };
}

function readTools(value: Value): readonly Tool[] {
  const tool = openObject(value);
  const list = tool.take("functionDeclarations", "function_declarations");
  const tools = list ? asList(list).map((item) => {
    const definition = openObject(item);
    const read = readFunctionDefinition(definition, item.path);
    definition.finish();
    return read.parameters ? { ...read, parameters: schemaWithTypes(read.parameters, "lower") } : read;
  }) : [];
  tool.finish();
  return tools;
}

function readCompletion(value: Value, reader: ContentReader) {
  const completion = openObject(value);
  const score = completion.take("score");
  const content = completion.take("completion");
  completion.finish();
  if (!content) throw new Refusal(`${completion.path} has no completion`);
  return { path: completion.path, score: score && writtenOf(score).jsonText, turns: reader.content(content) };
}

function writeDeclaration({ name, description, parameters }: Tool): Json {
  return { name, description, parameters: parameters && schemaWithTypes(parameters, "upper") };
}

/** Writes turns as contents; results that follow one another are one content, as Gemini wants parallel calls answered. */
function createContentWriter(all: readonly Turn[], lose: Lose) {
  const calls = callsOfResults(all);
  return {
    write(turns: readonly Turn[]): readonly JsonObject[] {
      const contents: { readonly role: string; readonly parts: Json[]; readonly results: boolean }[] = [];
      for (const turn of turns) {
        if (turn.speaker === "tool") {
          const name = calls.get(turn)?.name;
          if (name === undefined) throw new Refusal(`${turn.path} is the result of a call that the record does not have; Gemini's results name what was called`);
          if (turn.parts.length > 1) lose(turn.path, "Gemini has one text for a result; its parts would be joined");
          const part: Json = { functionResponse: { name, response: writeResponse(plainText(turn)) } };
          const last = contents.at(-1);
          if (last?.results) last.parts.push(part);
          else contents.push({ role: "user", parts: [part], results: true });
          continue;
        }
        const said = turn.parts.map((part) => writePart(part, lose));
        const called = (turn.calls ?? []).map((call): Json => ({ functionCall: { name: call.name, args: objectOf(call) } }));
        contents.push({ role: turn.speaker === "assistant" ? "model" : "user", parts: [...said, ...called], results: false });
      }
      return contents.map(({ role, parts }) => ({ role, parts }));
    },
  };
}

function writePart(part: Part, lose: Lose): Json {
  if (part.kind === "text") return { text: part.text };
  if (part.kind === "foreign") return part.json;
  const { media } = part;
  if ("data" in media) return { inlineData: { mimeType: media.mediaType, data: media.data } };
  return { fileData: { mimeType: mediaTypeOfPart(part, media.address, lose), fileUri: media.address } };
}

function mediaTypeOfPart(part: MediaPart, address: string, lose: Lose): string | undefined {
  const given = "mediaType" in part.media ? part.media.mediaType : mediaTypeOf(address);
  if (given === undefined) lose(part.path, `Gemini wants the media type of ${JSON.stringify(address)}, and its ending does not show it`);
  return given;
}
