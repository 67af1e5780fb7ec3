import assert from "node:assert/strict";
import { collectPlaces } from "../../../../src/dataset/record-places.ts";
import { defaultSettings } from "../../../../src/dataset/rule-settings.ts";
import type { RecordSummary } from "../../../../src/dataset/rules/rule.ts";
import { suspiciousLabel } from "../../../../src/dataset/rules/suspicious-label.ts";
import { openaiSft } from "../../../../src/dataset/targets/openai.ts";

const [records, topics] = [25_000, 500];

/** A record that asks about a topic, with the label of another where one in fifty is wrong. */
function summaryOf(line: number): RecordSummary {
  const hash = 1 + ((line % topics) + (isWrong(line) ? 1 : 0)) % topics;
  const traits = { answer: undefined, reasons: false, answerHash: hash, labelHash: hash, questionHash: undefined, media: undefined, furtherKeys: [], grader: undefined };
  return { line, lines: 1, element: false, length: 80, kind: "object", format: "chat", fingerprint: undefined, keys: [], malformed: [], lineBreak: "\n", traits, likeness: undefined };
}

const isWrong = (line: number): boolean => line % 50 === Math.floor(line / 50) % 50;

describe("labels of a file with more records than can be compared with one another", () => {
  it("are judged of 20,000 that are drawn by chance, which the finding says", function () {
    this.timeout(60_000);
    const fold = suspiciousLabel.begin({ target: openaiSft, settings: defaultSettings, encoding: "utf-8", byteOrderMark: false });
    const places = collectPlaces();
    for (let line = 0; line < records; line++) {
      const summary = summaryOf(line);
      places.add({ text: "", start: 0 }, summary);
      fold.add(summary);
    }
    const wanted = new Set<number>();
    const found = [...fold.finish({
      layout: "lines", places: places.finish(),
      reread(again, take) {
        Array.from(again.records).forEach((record, place) => {
          wanted.add(record);
          take(place, Int32Array.of(1 + record % topics, -1 - record));
        });
      },
    })];
    assert.equal(wanted.size, 20_000);
    assert.equal(found.length, 100);
    for (const { line, related, message } of found) {
      assert.ok(isWrong(line) && wanted.has(line), `line ${line}`);
      assert.equal((related?.[0]?.line ?? 0) % topics, line % topics);
      assert.match(message, /^Of the 10 questions most like this one, of 20,000 drawn by chance, \d+ share another label/);
    }
  });
});
