import { sentence } from "../dialogue.ts";
import { placesWithin, readEmbedded } from "../embedded-json.ts";
import { elements, properties, type Node } from "../json-node.ts";
import { passagesOf } from "../passages.ts";
import type { DatasetRecord } from "../record.ts";
import type { Problem } from "../rules/rule.ts";
import { quote } from "../quote.ts";
import { writtenRange } from "../written-range.ts";
import { detect, type Detector, type SensitiveKind } from "./detection.ts";

/** A string that a record says, with where it stands in words; `depth` counts the strings of JSON that it stands in. */
interface SaidString {
  readonly node: Node;
  readonly where: string;
  readonly depth: number;
}

/** A value with each place where it stands in a record. */
interface SensitiveValue {
  readonly kind: SensitiveKind;
  readonly value: string;
  readonly placeholder: string;
  readonly where: string;
  readonly places: { readonly start: number; readonly end: number }[];
}

/**
 * A problem for each value that detectors find in a record, at the first place where it stands. Its fix redacts the value wherever the record has it, with a
 * placeholder whose number tells the values of a kind apart: `[EMAIL_1]`. `allowed` holds values that may stay, with `*` for any characters.
 */
export function* redactable(record: DatasetRecord, detectors: readonly Detector[], allowed: readonly string[], advice: string): Generator<Problem> {
  for (const { kind, value, placeholder, where, places } of sensitiveValues(record, detectors, allowed)) {
    const [first] = places;
    if (!first) continue;
    const more = places.length === 1 ? "" : `, and stands in ${places.length - 1} more ${places.length === 2 ? "place" : "places"} of the record`;
    yield {
      ...first,
      message: `${sentence(where)} holds the ${kind.name} ${quote((kind.show ?? String)(value))}${more}. ${advice}`,
      fixes: [{ title: `Redact as ${placeholder}`, safe: false, edits: places.map(({ start, end }) => ({ start, end, text: placeholder })) }],
    };
  }
}

function sensitiveValues(record: DatasetRecord, detectors: readonly Detector[], allowed: readonly string[]): Iterable<SensitiveValue> {
  const values = new Map<string, SensitiveValue>();
  const numbers = new Map<string, number>();
  const isAllowed = allowing(allowed);
  for (const { node, where, depth } of stringsOf(record)) {
    const text = String(node.value);
    let places: readonly number[] | undefined;
    for (const { index, length, kind } of detect(text, detectors)) {
      const value = text.slice(index, index + length);
      if (isAllowed(value)) continue;
      const key = `${kind.placeholder} ${value.toLowerCase().replace(/[\s().-]/g, "")}`;
      let known = values.get(key);
      if (!known) {
        const number = (numbers.get(kind.placeholder) ?? 0) + 1;
        numbers.set(kind.placeholder, number);
        known = { kind, value, placeholder: `[${kind.placeholder}_${number}]`, where, places: [] };
        values.set(key, known);
      }
      if (depth === 0) known.places.push(writtenRange(record.text, node, index, index + length));
      else {
        places ??= placesWithin(record.text, node, depth);
        known.places.push({ start: places[index] ?? 0, end: places[index + length] ?? 0 });
      }
    }
  }
  return values.values();
}

/** Keys of what a record does not say: definitions of tools, and names that link a call with its result. */
const unsaid = ["tools", "functions", "parameters", "response_format", "id", "tool_call_id", "call_id", "toolUseId", "image_url", "inlineData", "fileData"];

/** Every string of a record, and of the JSON within its strings, in their order. */
function* stringsOf(record: DatasetRecord): Generator<SaidString> {
  const { text, tree } = record;
  if (!tree) return;
  const told = new Map(passagesOf(record).map(({ node, where }) => [node, where]));
  function* walk(node: Node, where: string, depth: number): Generator<SaidString> {
    if (node.type === "object") for (const { name, value } of properties(node)) {
      if (!unsaid.includes(name)) yield* walk(value, depth > 0 ? where : quote(name), depth);
    }
    for (const element of elements(node)) yield* walk(element, where, depth);
    if (node.type !== "string") return;
    const own = depth === 0 ? (told.get(node) ?? where) : where;
    const value = String(node.value);
    if (value.startsWith("data:")) return;
    const embedded = depth < 3 && /^\s*[[{]/.test(value) ? readEmbedded(text, node, depth) : undefined;
    if (embedded && embedded.type !== "string") yield* walk(embedded, own, depth + 1);
    else yield { node, where: own, depth };
  }
  yield* walk(tree, "the record", 0);
}

/** Whether a value is one of those that may stay; letter case does not count. */
function allowing(allowed: readonly string[]): (value: string) => boolean {
  if (allowed.length === 0) return () => false;
  const patterns = allowed.map((each) => new RegExp(`^${each.trim().split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join(".*")}$`, "is"));
  return (value) => patterns.some((pattern) => pattern.test(value));
}
