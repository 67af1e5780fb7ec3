import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { globSync } from "tinyglobby";
import { fixText } from "../../src/dataset/fix.ts";
import { sourceOf, splitLines } from "../../src/dataset/lines.ts";
import { lintOnce } from "../../src/dataset/lint.ts";
import { safeFixes, selectEdits } from "../../src/dataset/select-edits.ts";
import { targets } from "../../src/dataset/targets/index.ts";
import type { Target } from "../../src/dataset/targets/target.ts";
import { applyEdits, comparePositions, type Edit } from "../../src/dataset/text.ts";
import { decode } from "./decode.ts";

/** A dataset of a few mutated records, and the target that it is looked at for. */
export interface MutatedDataset {
  readonly text: string;
  readonly target: Target;
  readonly records: number;
}

/** What a mutation of characters puts in: the signs that JSON is made of, and what datasets are broken by. */
const patches = [",", "'", '"', "}", "]", "{", "[", ":", "NaN", "None", "True", "\t", "\\", "\\u", "\\ud83d", "//", "\u00a0", "\u{1f600}", "\ud800", "\uFEFF", "\n", "\r\n", "1.0", "12345678901234567890", "null", " ", '"role"', "<|im_end|>", "Ã©", ""];

/** What a mutation of values puts in their place. */
const values: readonly unknown[] = [null, true, 0, 1.5, "", " ", "null", "user", "assistant", "tool", "x".repeat(300), [], {}, [[]], [{}], { type: "text", text: "a" }, [{ type: "text", text: "a" }], "{\"a\": 1.0}", "data:image/png;base64,AAAA", "call_1"];

/** Datasets made of the fixtures' records of every format, cut, patched and with values exchanged. */
export function mutatedDatasets(): fc.Arbitrary<MutatedDataset> {
  const seeds = seedRecords();
  const characterMutation = fc.record({ at: fc.nat(), length: fc.nat({ max: 3 }), text: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...patches) }, { weight: 1, arbitrary: fc.string({ maxLength: 3, unit: "binary" }) }) });
  const valueMutation = fc.record({ at: fc.nat(), value: fc.constantFrom(...values), drop: fc.boolean() });
  const record = fc.tuple(fc.constantFrom(...seeds), fc.array(valueMutation, { maxLength: 2 }), fc.array(characterMutation, { maxLength: 2 }), fc.boolean()).map(([seed, exchanged, patched, pretty]) => {
    const text = exchanged.length === 0 && !pretty ? seed : exchange(seed, exchanged, pretty && exchanged.length > 0);
    return patched.reduce((current, { at, length, text: patch }) => {
      const start = at % (current.length + 1);
      return current.slice(0, start) + patch + current.slice(start + length);
    }, text);
  });
  return fc.tuple(fc.array(record, { minLength: 1, maxLength: 4 }), fc.constantFrom(...targets), fc.constantFrom("\n", "\r\n", "\n\n"), fc.constantFrom("lines", "lines", "lines", "array"))
    .map(([records, target, lineBreak, layout]) => ({ text: layout === "array" ? `[${records.join(`,${lineBreak}`)}]` : records.join(lineBreak), target, records: records.length }));
}

/**
 * Lints and fixes a dataset. Throws an AssertionError when a finding lies outside the text, an edit changes anything outside itself, fixing again
 * changes anything, or something is left that is safe to fix.
 */
export function checkDataset({ text, target }: MutatedDataset): void {
  const { findings } = lintOnce(sourceOf(text), target);
  const lines = [...splitLines(text)];
  for (const { range } of findings) {
    assert.ok(comparePositions(range.start, range.end) <= 0);
    for (const { line, character } of [range.start, range.end]) assert.ok(character <= (lines[line]?.text.length ?? 0) && character >= 0, `${line}:${character} lies outside the text`);
  }
  const edits = selectEdits(safeFixes(findings));
  assertOutsideUnchanged(text, edits, applyEdits(text, edits));
  const once = fixText(text, target);
  const marked = { byteOrderMark: once.encoding === "utf-8-marked" };
  assert.equal(fixText(once.text, target, marked).text, once.text, "fixing again changed the text");
  assert.equal(safeFixes(once.result.findings).length, 0, "something is left that is safe to fix");
}

/** Walks both texts by the edits' own offsets, not as edits are applied: what lies between two edits must be the same in both. */
function assertOutsideUnchanged(before: string, edits: readonly Edit[], after: string): void {
  const starts = [0, ...Array.from(before.matchAll(/\r\n|\n|\r/g), ({ index, 0: lineBreak }) => index + lineBreak.length)];
  const offsets = edits.map(({ range: { start, end }, text }) => ({ from: (starts[start.line] ?? 0) + start.character, to: (starts[end.line] ?? before.length) + end.character, text }));
  let at = 0;
  let shifted = 0;
  for (const { from, to, text } of offsets.sort((a, b) => a.from - b.from || a.to - b.to)) {
    assert.equal(after.slice(at + shifted, from + shifted), before.slice(at, from), "an edit changed something outside itself");
    shifted += text.length - (to - from);
    at = to;
  }
  assert.equal(after.slice(at + shifted), before.slice(at), "an edit changed something outside itself");
}

/** The records of the fixtures, long ones left out. */
function seedRecords(): readonly string[] {
  const records = new Set<string>();
  for (const file of globSync("test/fixtures/rules/*/*.jsonl", { ignore: ["**/*.fixed.jsonl", "**/too-many-records/**"] }).sort()) {
    for (const { text } of splitLines(decode(readFileSync(file)).text)) if (text.length < 3000 && text.trim() !== "") records.add(text);
  }
  return [...records];
}

/** The record with some of its values exchanged or dropped; as it is where it is no JSON. */
function exchange(text: string, mutations: readonly { readonly at: number; readonly value: unknown; readonly drop: boolean }[], pretty: boolean): string {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return text;
  }
  for (const { at, value, drop } of mutations) {
    const places = placesIn(record);
    const place = places[at % Math.max(places.length, 1)];
    if (!place) continue;
    if (drop && !Array.isArray(place.holder)) delete (place.holder as Record<string, unknown>)[place.key];
    else (place.holder as Record<string, unknown>)[place.key] = structuredClone(value);
  }
  return JSON.stringify(record, undefined, pretty ? 2 : undefined);
}

function placesIn(value: unknown): readonly { readonly holder: object; readonly key: string }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [{ holder: value, key }, ...placesIn(each)]);
}
