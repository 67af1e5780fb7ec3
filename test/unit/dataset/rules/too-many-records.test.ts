import assert from "node:assert/strict";
import { collectPlaces } from "../../../../src/dataset/record-places.ts";
import { defaultSettings } from "../../../../src/dataset/rule-settings.ts";
import type { RecordSummary } from "../../../../src/dataset/rules/rule.ts";
import { tooManyRecords } from "../../../../src/dataset/rules/too-many-records.ts";
import { findTarget } from "../../../../src/dataset/targets/index.ts";

function summaryOf(line: number, media: "images" | undefined): RecordSummary {
  const traits = { answer: undefined, reasons: false, answerHash: undefined, labelHash: undefined, questionHash: undefined, media, furtherKeys: [], grader: undefined };
  return { line, lines: 1, element: false, length: 80, kind: "object", format: "chat", fingerprint: undefined, keys: [], malformed: [], lineBreak: "\n", traits, likeness: undefined };
}

/** What is told of a file with so many records with images, each behind one without. */
function told(id: string, pictured: number): readonly unknown[] {
  const target = findTarget(id, "sft");
  assert.ok(target);
  const fold = tooManyRecords.begin({ target, settings: defaultSettings, encoding: "utf-8", byteOrderMark: false });
  for (let record = 0; record < pictured; record++) for (const media of [undefined, "images"] as const) assert.deepEqual([...fold.add(summaryOf(2 * record + (media ? 1 : 0), media))], []);
  return [...fold.finish({ layout: "lines", places: collectPlaces().finish() })];
}

describe("records with images", () => {
  it("may be 50,000 at OpenAI and Azure OpenAI, whatever others stand between them, and the first too many is marked", () => {
    for (const [id, title] of [["openai", "OpenAI"], ["azure-openai", "Azure OpenAI"]] as const) {
      assert.deepEqual(told(id, 50_000), []);
      assert.deepEqual(told(id, 50_002), [{ line: 100_001, start: 0, end: 80, message: `The file has 50,002 records with images, and this is the first too many: ${title} supervised fine-tuning takes at most 50,000.` }]);
    }
  });

  it("may be as many as there are records elsewhere", () => {
    assert.deepEqual(told("together", 50_001), []);
  });
});
