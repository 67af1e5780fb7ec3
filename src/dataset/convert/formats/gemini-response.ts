import { properties, readTree } from "../../json-node.ts";
import { readObjectText, type Json } from "../json-text.ts";
import { writtenOf, type Value } from "../record-reader.ts";

/**
 * What a tool gave, as the object that Gemini wants: itself when it is the text of a JSON object, otherwise `{"output": text}`, which is Google's own form.
 * A text that would be taken for that form when it is read again is wrapped too, so that every text comes back as it was.
 */
export function writeResponse(text: string): Json {
  const object = readObjectText(text);
  return object && wrappedText(text) === undefined ? object : { output: text };
}

/** The text that a tool gave; the opposite of `writeResponse`. */
export function readResponse(value: Value): string {
  const { jsonText } = writtenOf(value);
  return wrappedText(jsonText) ?? jsonText;
}

/** The text inside `{"output": text}`, where it is there because it could not stand for itself. */
function wrappedText(text: string): string | undefined {
  const tree = readObjectText(text) && readTree(text);
  const [only, ...more] = properties(tree);
  if (only?.name !== "output" || only.value.type !== "string" || more.length > 0) return undefined;
  const inner = String(only.value.value);
  const standsForItself = readObjectText(inner) !== undefined && wrappedText(inner) === undefined;
  return standsForItself ? undefined : inner;
}
