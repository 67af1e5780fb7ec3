import type { Media, Part } from "./conversation.ts";
import type { Json } from "./json-text.ts";
import { Refusal } from "./loss.ts";
import { kindOf, openObject, textOf, writtenOf, type Value } from "./record-reader.ts";

const foreign = new Set(["input_audio", "file", "refusal"]);

/** Reads one of OpenAI's content parts; what nobody knows is left over and gives nothing. */
export function readChatPart(value: Value): readonly Part[] {
  const { path, record } = value;
  if (value.node.type === "string") return [{ kind: "text", path, text: textOf(value) }];
  const part = openObject(value);
  const type = part.takeText("type");
  if (type === "text") {
    const text = part.takeText("text");
    if (text === undefined) throw new Refusal(`${part.path} has no text`);
    part.finish();
    return [{ kind: "text", path, text }];
  }
  if (type === "image_url") {
    const image = part.take("image_url");
    if (!image) throw new Refusal(`${part.path} has no image_url`);
    part.finish();
    return [readImage(image, path)];
  }
  if (type !== undefined && foreign.has(type)) return [{ kind: "foreign", path, type, json: writtenOf(value) }];
  record.leave(path, type === undefined ? "a part without a type" : `a part of type ${JSON.stringify(type)}`);
  return [];
}

/** A part as OpenAI writes it. A film, a sound or a document has no such form; formats that hold none are never handed one. */
export function writeChatPart(part: Part): Json {
  if (part.kind === "text") return { type: "text", text: part.text };
  if (part.kind === "foreign") return part.json;
  return { type: "image_url", image_url: { url: urlOf(part.media), detail: part.detail } };
}

/** An address, or a data URI of the bytes (RFC 2397). */
export function urlOf(media: Media): string {
  return "data" in media ? `data:${media.mediaType};base64,${media.data}` : media.address;
}

/** What an address means: the bytes of a data URI in base64, or a place. */
export function mediaOf(url: string): Media {
  const [, mediaType, data] = /^data:([^;,]+);base64,(.*)$/s.exec(url) ?? [];
  return mediaType !== undefined && data !== undefined ? { data, mediaType } : { address: url };
}

function readImage(image: Value, path: string): Part {
  if (image.node.type === "string") return { kind: "image", path, media: mediaOf(textOf(image)) };
  if (image.node.type !== "object") throw new Refusal(`${image.path} is ${kindOf(image.node)}; expected an address or an object with one`);
  const object = openObject(image);
  const url = object.takeText("url");
  if (url === undefined) throw new Refusal(`${image.path} has no url`);
  const detail = object.takeText("detail");
  object.finish();
  return { kind: "image", path, media: mediaOf(url), ...(detail === undefined ? {} : { detail }) };
}
