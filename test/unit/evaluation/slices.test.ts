import assert from "node:assert/strict";
import type { JudgedOutcome } from "../../../src/evaluation/report-schema.ts";
import { judgeSlices } from "../../../src/evaluation/slices.ts";
import { createTestSet } from "../../../src/evaluation/test-set.ts";

const outcome = (right: boolean): JudgedOutcome => ({ text: right ? "yes" : "no", finishReason: "stop", right });
/** Records of a topic, with how many of them only the second candidate has right, and only the first. */
const of = (topic: string, count: number, gained: number, lost: number, more: { readonly words?: number; readonly system?: string } = {}) => Array.from({ length: count }, (_, index) => ({
  line: 0, reference: `answer ${topic} ${index}`, fields: { topic },
  prompt: [...(more.system === undefined ? [] : [{ role: "system", content: more.system }]), { role: "user", content: "word ".repeat(more.words ?? 1) }],
  outcomes: [outcome(index >= gained), outcome(index < gained || index >= gained + lost)],
}));
const view = (records: readonly ReturnType<typeof of>[number][], slices: readonly string[] = ["topic"]) => ({ metric: "exact-match", slices: [...slices], candidates: [{ name: "base" }, { name: "tuned" }], records: records.map((record, index) => ({ ...record, line: index + 1 })) });

describe("slices of an evaluation", () => {
  it("that became worse come first, with intervals, and those of under 30 records are called small", () => {
    const slices = judgeSlices(view([...of("cards", 60, 40, 0), ...of("fees", 50, 0, 25), ...of("loans", 10, 0, 5)]));
    assert.deepEqual(slices.map(({ by, value, small, against }) => [by, value, small, against[1]?.outcome]), [["topic", "fees", false, "worse"], ["topic", "loans", true, "cannot-tell"], ["topic", "cards", false, "better"]]);
    const [fees] = slices;
    assert.deepEqual([fees?.candidates.map(({ n, mean }) => [n, mean]), fees?.against[1]?.comparison.difference, fees?.lines.length, fees?.lines[0]], [[[50, 1], [50, 0.5]], -0.5, 50, 61]);
    assert.ok((fees?.candidates[1]?.low ?? 1) < 0.5 && (fees?.candidates[1]?.high ?? 0) > 0.5 && (fees?.against[1]?.comparison.high ?? 0) < 0);
  });

  it("are corrected for together, so that one of many is not worse by chance", () => {
    // Six lost and none gained: p = 0.03 alone.
    assert.equal(judgeSlices(view([...of("a", 40, 0, 6), ...of("b", 40, 0, 0)]))[0]?.against[1]?.outcome, "cannot-tell");
    assert.equal(judgeSlices(view([...of("a", 40, 0, 8), ...of("b", 40, 0, 0)]))[0]?.against[1]?.outcome, "worse");
  });

  it("are made by label, length and system prompt where there are several, and by the fields that the report has", () => {
    const kinds = (records: readonly ReturnType<typeof of>[number][], fields?: readonly string[]) => [...new Set(judgeSlices(view(records, fields)).map(({ by, value }) => `${by}: ${value}`))].sort();
    assert.deepEqual(kinds([...of("a", 3, 0, 0), ...of("b", 3, 0, 0, { words: 2 }), ...of("c", 3, 0, 0, { words: 3 })], []), ["length: long, above 10 characters", "length: medium, up to 10 characters", "length: short, up to 5 characters"]);
    assert.deepEqual(kinds([...of("a", 2, 0, 0, { system: "Be brief." }), ...of("b", 2, 0, 0)], []), ["system prompt: (none)", "system prompt: Be brief."]);
    assert.deepEqual(kinds(["yes", "No", "yes", "no"].flatMap((reference) => of("a", 1, 0, 0).map((record) => ({ ...record, reference }))), []), ["label: No", "label: yes"]);
    assert.deepEqual(kinds([...of("a", 2, 0, 0), ...of("b", 2, 0, 0)], ["nothing"]), []);
  });

  it("leave out what was not answered, and say nothing of what nobody answered", () => {
    const failed = of("gone", 3, 0, 0).map((record) => ({ ...record, outcomes: [outcome(true), { failure: "gone" }] }));
    const slices = judgeSlices(view([...of("a", 3, 0, 1), ...failed]));
    assert.deepEqual(slices.map(({ value, against, candidates }) => [value, candidates[1]?.n, against[1]?.outcome]), [["a", 3, "cannot-tell"], ["gone", 0, "cannot-tell"]]);
  });

  it("know the single values of a record and of the objects in it", () => {
    const set = createTestSet();
    set.add({ text: JSON.stringify({ reason: "x", topic: "cards", level: 2, metadata: { language: "de", "__proto__": 1, deep: { x: 1 } }, tags: ["a"], long: "x".repeat(300), messages: [{ role: "user", content: "a" }, { role: "assistant", content: "b" }] }) });
    assert.deepEqual(set.records[0]?.fields, { reason: "x", topic: "cards", level: "2", "metadata.language": "de" });
  });
});
