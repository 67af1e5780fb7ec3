import assert from "node:assert/strict";
import { suspiciousLabels, type ReadWords } from "../../../../src/dataset/similarity/suspicious-labels.ts";

const labelCount = 40;

/** Words of a record, as hashes: those of the topic `topic`, and some of its own. */
function wordsOf(record: number, topic: number, ownWords = 3): Int32Array {
  return Int32Array.from([0, 1, 2, 3].map((word) => 1 + topic * 10 + ((record + word) % 6)).concat(Array.from({ length: ownWords }, (_, word) => 1_000_000 + record * ownWords + word)), (word) => Math.imul(word, 0x9e3779b1));
}

/** Records of which one in `every` has the label of another topic, and how often they were read. */
function planted(count: number, every: number, ownWords?: number): { readonly labels: Int32Array; readonly wrong: readonly number[]; readonly read: ReadWords } {
  const topics = Array.from({ length: count }, (_, record) => record % labelCount);
  const wrong = topics.flatMap((_, record) => (record % every === every - 1 ? [record] : []));
  const labels = Int32Array.from(topics, (topic, record) => (record % every === every - 1 ? (topic + 1) % labelCount : topic));
  return { labels, wrong, read: (records, take) => records.forEach((record, place) => take(place, wordsOf(record, topics[record] ?? 0, ownWords))) };
}

describe("labels that are probably wrong", () => {
  it("are those of records whose neighbours have another, each with one of them", () => {
    const { labels, wrong, read } = planted(2000, 50);
    const { found, judged, reference } = suspiciousLabels(labels, read);
    assert.deepEqual([judged, reference], [2000, 2000]);
    assert.deepEqual(found.map(({ record }) => record).sort((a, b) => a - b), wrong);
    for (const { record, neighbour, nearest } of found) assert.deepEqual([neighbour % labelCount, nearest, neighbour === record], [record % labelCount, 10, false]);
  });

  it("are found among more records than can be compared with one another by a sample of them, the same ones each time", function () {
    this.timeout(60_000);
    const { labels, wrong, read } = planted(21_000, 1000);
    const { found, judged, reference } = suspiciousLabels(labels, read, 15);
    assert.deepEqual([judged, reference], [21_000, 20_000]);
    assert.equal(found.length, 15);
    for (const { record, neighbour } of found) assert.deepEqual([wrong.includes(record), neighbour % labelCount], [true, record % labelCount]);
    assert.deepEqual(suspiciousLabels(labels, read, 15).found, found);
  });

  it("are found by fewer where records are long, so that memory stays bounded, and a rare label keeps ten", function () {
    this.timeout(60_000);
    const { labels, wrong, read } = planted(2100, 500, 996);
    labels.fill(labelCount, 2080);
    const { found, reference } = suspiciousLabels(labels, read);
    assert.ok(reference >= 2000 && reference < 2100, String(reference));
    assert.ok(wrong.slice(0, -1).every((record) => found.some((each) => each.record === record)));
  });

  it("are none where there are no records, one, or only equal ones, or where each label is alone", () => {
    const equal: ReadWords = (records, take) => records.forEach((_, place) => take(place, Int32Array.of(1, 2, 3)));
    for (const labels of [Int32Array.of(), Int32Array.of(0), new Int32Array(50), Int32Array.from({ length: 50 }, (_, place) => place)]) assert.deepEqual(suspiciousLabels(labels, equal).found, []);
    assert.deepEqual(suspiciousLabels(new Int32Array(50), (records, take) => records.forEach((_, place) => take(place, new Int32Array()))).found, []);
  });
});
