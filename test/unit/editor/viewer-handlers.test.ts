import assert from "node:assert/strict";
import type { Finding } from "../../../src/dataset/finding.ts";
import { rangeOnLine } from "../../../src/dataset/text.ts";
import { createViewerHandlers } from "../../../src/editor/viewer/viewer-handlers.ts";
import { toFileCheck } from "../../../src/workers/file-check.ts";
import { lintResult } from "../../support/lint-result.ts";

const finding = (line: number, rule: string, severity: Finding["severity"]): Finding => ({ rule, severity, range: rangeOnLine(line, 4, 5), message: `${rule} on ${line}`, fixes: [] });
const found = [finding(2, "duplicate-key", "warning"), finding(2, "unknown-role", "error"), ...Array.from({ length: 1500 }, (_, index) => finding(10 + index, "empty-content", "error"))];
const check = toFileCheck(lintResult(found, 2000));

function handlers(lines = 2000) {
  const acted: unknown[] = [];
  const made = createViewerHandlers({
    overview: () => ({ name: "a.jsonl", byteLength: 0, generation: 7, index: { lines, bytes: 0, complete: true }, check: { phase: "running", progress: "" } }),
    check: () => check,
    chosen: () => Uint32Array.of(4, 7, 1999),
    excerpts: async (wanted) => wanted.map((line) => ({ line, byteLength: 1, role: undefined, text: `line ${line}` })),
    record: async (line, mostBytes, reading) => ({ line, byteLength: 9, bytes: 9, content: { reading: "json", text: reading + mostBytes } }),
  }, { openRecord: async () => undefined, openText: async (line) => void acted.push(line), fixToNewFile: async () => undefined, check: async () => undefined, reload: async () => undefined });
  return { ...made, acted };
}

describe("the host's side of the record viewer", () => {
  it("gives rows with the gravest finding of each, and none behind the end", async () => {
    const { rows } = await handlers().rows.answer({ filter: "all", first: 1, count: 3 });
    assert.deepEqual(rows.map(({ line, mark }) => [line, mark?.rule]), [[1, undefined], [2, "unknown-role"], [3, undefined]]);
    assert.deepEqual((await handlers(5).rows.answer({ filter: "all", first: 3, count: 100 })).rows.map(({ line }) => line), [3, 4]);
  });

  it("gives only rows with findings, of lines that have been found", async () => {
    const { rows, generation } = await handlers().rows.answer({ filter: "flagged", first: 0, count: 3 });
    assert.deepEqual([generation, ...rows.map(({ line }) => line)], [7, 2, 10, 11]);
    assert.deepEqual((await handlers(11).rows.answer({ filter: "flagged", first: 0, count: 9 })).rows.map(({ line }) => line), [2, 10]);
  });

  it("gives the rows that were chosen elsewhere, with their findings", async () => {
    const { rows } = await handlers().rows.answer({ filter: "chosen", first: 1, count: 9 });
    assert.deepEqual(rows.map(({ line }) => line), [7, 1999]);
  });

  it("gives a record with its findings, and says when there are more than were kept", async () => {
    const record = (line: number) => handlers().record.answer({ line, reading: "json", mostBytes: 10 });
    assert.deepEqual((await record(2)).findings.map(({ rule, column }) => [rule, column]), [["duplicate-key", 5], ["unknown-role", 5]]);
    assert.deepEqual([(await record(2)).furtherFindings, (await record(3)).furtherFindings], [false, false]);
    const unkept = await record(1400);
    assert.deepEqual([unkept.findings, unkept.furtherFindings], [[], true]);
  });

  it("finds the nearest record with a finding on either side", async () => {
    const { findFlagged } = handlers();
    assert.deepEqual(await findFlagged.answer({ line: -1, direction: "next" }), { line: 2, place: 0 });
    assert.deepEqual(await findFlagged.answer({ line: 2, direction: "next" }), { line: 10, place: 1 });
    assert.deepEqual(await findFlagged.answer({ line: 9, direction: "previous" }), { line: 2, place: 0 });
    assert.equal(await findFlagged.answer({ line: 2, direction: "previous" }), null);
    assert.equal(await findFlagged.answer({ line: 1509, direction: "next" }), null);
  });

  it("takes nothing from the page that is not as it should be", () => {
    const { rows, record, openText, findFlagged } = handlers();
    for (const value of [undefined, {}, { filter: "all", first: -1, count: 1 }, { filter: "all", first: 0, count: 10_000 }, { filter: "other", first: 0, count: 1 }]) assert.throws(() => rows.read(value));
    for (const value of [{ line: 0.5, reading: "json", mostBytes: 1 }, { line: 0, reading: "html", mostBytes: 1 }, { line: 0, reading: "json", mostBytes: 1e9 }]) assert.throws(() => record.read(value));
    assert.throws(() => openText.read({ line: "1" }));
    assert.throws(() => findFlagged.read({ line: -2, direction: "next" }));
  });
});
