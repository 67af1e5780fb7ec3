import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import type { Found } from "../../../src/dataset/finding-sink.ts";
import { lintOnce } from "../../../src/dataset/lint.ts";
import { openaiSft } from "../../../src/dataset/targets/openai.ts";
import { createRangeLinter } from "../../../src/workers/ranges/lint-range.ts";
import { createRangeMerger } from "../../../src/workers/ranges/merge-ranges.ts";
import { lintFile, planRanges, type FileProgress } from "../../../src/workers/lint-file.ts";
import { lintFileInThreads } from "../../../src/workers/ranges/lint-in-threads.ts";
import { openSource } from "../../../src/workers/read-source.ts";
import { assistant, chat, user } from "../../support/plain-chats.ts";
import { buildProgram } from "../../support/build-program.ts";
import { scratchFolder } from "../../support/scratch.ts";

const good = chat(user, assistant);
const pretty = JSON.stringify(JSON.parse(good), undefined, 1);
const line = fc.oneof(
  { weight: 6, arbitrary: fc.nat({ max: 30 }).map((number) => chat(`{"role":"user","content":"${number}"}`, assistant)) },
  { weight: 4, arbitrary: fc.constantFrom(good, "", " ", "{", "[", "1", "]", '{"a": 1}', good.slice(0, 40), good.slice(40), pretty, chat(user, '{"role":"Assistant","content":"b "}'), `${good},`, chat('{"role":"user","content":"caf\u00C3\u00A9 \u{1F600}"}', assistant), '{"prompt":"a","completion":"b"}', chat(user, '{"role":"assistant","content":"\u65E5\u672C\u8A9E"}'), `{"messages":[${user},${assistant}],"tools":[]}`) },
);
const breaks = fc.constantFrom("\n", "\n", "\n", "\n", "\r\n", "\r");
const dataset = fc.tuple(fc.constantFrom("", "", "\uFEFF"), fc.array(fc.tuple(line, breaks), { maxLength: 25 }), fc.boolean())
  .map(([mark, lines, ended]) => Buffer.from(mark + lines.map(([text, lineBreak], index) => text + (index < lines.length - 1 || ended ? lineBreak : "")).join("")));
/** Some files with bytes that are no UTF-8. */
const bytes = fc.tuple(dataset, fc.option(fc.nat())).map(([content, at]) => {
  if (at !== null && content.length > 0) content[at % content.length] = 0xff;
  return content;
});

describe("the ranges of a file", () => {
  const scratch = scratchFolder();

  it("give together what the file gives that is read from its first line to its last", function () {
    this.timeout(60_000);
    let whole = 0;
    let apart = 0;
    fc.assert(fc.property(bytes, fc.integer({ min: 1, max: 400 }), fc.boolean(), (content, rangeBytes, quick) => {
      const path = scratch.file("data.jsonl", content);
      const source = openSource(path);
      const expected = lintOnce(source, openaiSft, { quick, flags: true });
      source.close();
      const plan = planRanges(path, rangeBytes);
      if (!plan) return;
      const lint = createRangeLinter(path, openaiSft, { quick, flags: true }, rangeBytes);
      const merger = createRangeMerger(path, plan.facts, openaiSft, { quick, flags: true });
      for (const job of plan.jobs) {
        const report = lint(job);
        if (report.isPartOfMore) {
          whole++;
          return;
        }
        merger.add(report);
      }
      apart++;
      const { flagged, ...result } = merger.finish();
      const { flagged: expectedFlags, ...expectedResult } = expected;
      assert.deepEqual(result, expectedResult);
      assert.deepEqual(marksOf(flagged), marksOf(expectedFlags));
    }), { numRuns: 500 });
    assert.ok(apart > 170, `${apart} files were read in ranges, ${whole} in order`);
  });

  it("are read in order where a record goes on from one to the next", () => {
    const content = `${good}\n`.repeat(3) + pretty.repeat(2);
    const path = scratch.file("pretty.jsonl", content);
    const source = openSource(path);
    const expected = lintOnce(source, openaiSft);
    source.close();
    assert.deepEqual(lintFile(path, openaiSft), expected);
  });
});

describe("threads that lint a file", () => {
  const scratch = scratchFolder();
  let worker: URL;
  before(async function () {
    this.timeout(60_000);
    worker = pathToFileURL(await buildProgram("range-worker"));
  });
  const content = Array.from({ length: 3000 }, (_, index) => (index % 17 === 0 ? '{"messages":[}' : chat(`{"role":"user","content":"${index % 1000}"}`, assistant))).join("\n");

  it("find together what one finds, and tell how far they are", async () => {
    const path = scratch.file("threads.jsonl", content);
    let told: FileProgress[] = [];
    const result = await lintFileInThreads(path, openaiSft, worker, { threads: 2, rangeBytes: 10_000, watch: (progress) => void told.push(progress) });
    assert.deepEqual(result, lintFile(path, openaiSft));
    assert.equal(result.records, 3000);
    assert.deepEqual(told.at(-1), { bytes: Buffer.byteLength(content), byteLength: Buffer.byteLength(content), lines: 3000 });
    told = told.filter(({ bytes }, index) => bytes <= (told[index - 1]?.bytes ?? 0));
    assert.deepEqual(told, []);
  });

  it("read in order what cannot be cut", async () => {
    const path = scratch.file("array.jsonl", JSON.stringify(Array(500).fill(JSON.parse(good)), undefined, 1));
    assert.deepEqual(await lintFileInThreads(path, openaiSft, worker, { threads: 2, rangeBytes: 10_000 }), lintFile(path, openaiSft));
  });

  it("end with the error of who watches, and with what keeps the file from being read", async () => {
    const path = scratch.file("threads.jsonl", content);
    const watch = (): void => {
      throw new Error("enough");
    };
    await assert.rejects(lintFileInThreads(path, openaiSft, worker, { threads: 2, rangeBytes: 10_000, watch }), /^Error: enough$/);
    await assert.rejects(lintFileInThreads(scratch.path("none.jsonl"), openaiSft, worker), /there is no such file/);
  });
});

function marksOf(flagged: Found["flagged"]): string[] {
  return [...(flagged?.lines ?? [])].map((at, index) => `${at} ${flagged?.tallies[index]}`).sort();
}
