import assert from "node:assert/strict";
import fc from "fast-check";
import { createIncrementalLinter } from "../../../../src/dataset/incremental-linter.ts";
import { sourceOf } from "../../../../src/dataset/lines.ts";
import { lintOnce } from "../../../../src/dataset/lint.ts";
import { defaultSettings } from "../../../../src/dataset/rule-settings.ts";
import { bandPlan, foundWith, writeBands } from "../../../../src/dataset/similarity/min-hash.ts";
import { jaccard, shingleSet, shinglesOf } from "../../../../src/dataset/similarity/shingles.ts";
import { findTarget } from "../../../../src/dataset/targets/index.ts";
import { openaiSft } from "../../../../src/dataset/targets/openai.ts";

let state = 7;
const next = (below: number): number => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return (state >>> 8) % below;
};
const words = (count: number): string[] => Array.from({ length: count }, () => `w${next(5000)}`);
const chat = (question: string, answer: string, system?: string): string =>
  JSON.stringify({ messages: [...(system === undefined ? [] : [{ role: "system", content: system }]), { role: "user", content: question }, { role: "assistant", content: answer }] });
const found = (text: string, rule: string, similarity = 0.8): [line: number, other: number][] => lintOnce(sourceOf(text), openaiSft, { settings: { ...defaultSettings, similarity } }).findings
  .filter((finding) => finding.rule === rule).map(({ range, message }) => [range.start.line + 1, Number(/line (\d+)/.exec(message)?.[1])]);

describe("the words of a text", () => {
  it("do not tell letter case, punctuation and white space apart", () => {
    assert.deepEqual(shingleSet("It's  one,\n two — three; FOUR five six."), shingleSet("its one two three four Five six"));
    assert.equal(jaccard(shingleSet("a b c d e f"), shingleSet("a b c d e g")), 1 / 3);
  });

  it("make as many runs of five as there are, and one of fewer", () => {
    assert.deepEqual([0, 1, 4, 5, 6, 20].map((count) => shinglesOf(words(count).join(" ")).length), [0, 1, 1, 1, 2, 16]);
    assert.equal(shinglesOf("今日は良い天気").length, 3, "where no spaces are written, each sign is a word");
  });

  it("are compared by Jaccard's measure of sets", () => {
    fc.assert(fc.property(fc.array(fc.nat({ max: 30 })), fc.array(fc.nat({ max: 30 })), (a, b) => {
      const sets = [new Set(a), new Set(b)] as const;
      const both = [...sets[0]].filter((each) => sets[1].has(each)).length;
      const either = new Set([...a, ...b]).size;
      assert.equal(jaccard(Int32Array.from(sets[0]).sort(), Int32Array.from(sets[1]).sort()), either === 0 ? 0 : both / either);
    }));
  });
});

describe("the bands of a signature", () => {
  it("let a pair at the threshold be found with a probability of 0.99 at least", () => {
    for (const similarity of [0.5, 0.6, 0.7, 0.8, 0.9, 1]) assert.ok(foundWith(similarity, bandPlan(similarity)) >= 0.99, String(similarity));
    assert.deepEqual(bandPlan(0.8), { rows: 5, bands: 12 });
  });

  it("agree as often as the theory says", () => {
    const plan = bandPlan(0.8);
    const bandsOf = (set: Int32Array): Uint32Array => {
      const bands = new Uint32Array(plan.bands);
      writeBands(set, plan, bands);
      return bands;
    };
    for (const [common, own] of [[80, 10], [60, 20], [40, 30]] as const) {
      let agreed = 0;
      const pairs = 500;
      for (let pair = 0; pair < pairs; pair++) {
        const text = (count: number): Int32Array => shinglesOf(words(count + 4).join(" ")).slice();
        const shared = text(common);
        const [a, b] = [bandsOf(Int32Array.of(...shared, ...text(own))), bandsOf(Int32Array.of(...shared, ...text(own)))];
        if (a.some((hash, band) => hash === b[band])) agreed++;
      }
      const expected = foundWith(common / (common + 2 * own), plan);
      assert.ok(Math.abs(agreed / pairs - expected) < 0.07, `${common}/${common + 2 * own}: ${agreed / pairs} of pairs agree, ${expected} are expected`);
    }
  });
});

describe("near duplicates", () => {
  const records = Array.from({ length: 400 }, () => ({ question: words(20), answer: words(60) }));
  const lines = records.map(({ question, answer }) => chat(question.join(" "), answer.join(" ")));
  /** Two words exchanged break ten runs of five: 66 of 86 runs stay in both (0.767); one breaks five: 71 of 81 (0.877). */
  const changed = (record: number, places: readonly number[]): string => {
    const { question, answer } = records[record] ?? { question: [], answer: [] };
    return chat(question.join(" ").toUpperCase(), answer.map((word, at) => (places.includes(at) ? `x${at}` : word)).join(", "));
  };
  const near = Array.from({ length: 20 }, (_, record) => changed(record * 7, [30]));
  const apart = Array.from({ length: 20 }, (_, record) => changed(200 + record * 7, [20, 40]));
  const text = [...lines, ...near, ...apart].join("\n");

  it("are found, all that are planted and no others, and name the line that they are like", () => {
    assert.deepEqual(found(text, "near-duplicate"), near.map((_, record) => [401 + record, record * 7 + 1]));
  });

  it("are as near as the project wants", () => {
    assert.equal(found(text, "near-duplicate", 0.7).length, 40);
    assert.equal(found(text, "near-duplicate", 0.9).length, 0);
  });

  it("are told once for each later record of a cluster, and never of what equals another record", () => {
    const cluster = [lines[0], changed(0, [30]), lines[0], changed(0, [31]), lines[0]?.replace(/":/g, '" :')].join("\n");
    assert.deepEqual(found(cluster, "near-duplicate"), [[2, 1], [4, 1]]);
    assert.deepEqual(found(Array(300).fill(lines[0]).join("\n"), "near-duplicate"), []);
  });

  it("are not made by a system message that all records share", () => {
    const system = words(300).join(" ");
    assert.deepEqual(found(lines.slice(0, 50).map((_, at) => chat(`Question ${next(1e6)} ${at}`, words(12).join(" "), system)).join("\n"), "near-duplicate"), []);
  });

  it("are not made by a template that all are written into, but found among what is", () => {
    const template = (record: number, answer: string): string => chat(`${records[0]?.answer.join(" ")} ${records[record]?.question.join(" ")}`, answer);
    const filled = Array.from({ length: 300 }, (_, record) => template(record, `It is ${record}.`));
    const pairs = lintOnce(sourceOf(filled.join("\n")), openaiSft).findings.filter(({ rule }) => rule === "near-duplicate");
    assert.deepEqual(pairs, []);
    assert.deepEqual(found([...filled, template(5, "It is 6.")].join("\n"), "near-duplicate", 0.6), [[301, 6]]);
  });

  it("are found in a text that is edited as in the whole text, and gone when they are", () => {
    const linter = createIncrementalLinter(text, openaiSft);
    const facts = { encoding: "utf-8", byteOrderMark: false } as const;
    assert.deepEqual(linter.lint(facts, { withoutLikeness: true }).findings.filter(({ rule }) => rule === "near-duplicate"), []);
    while (linter.learn(100));
    assert.deepEqual(linter.lint(facts).findings, lintOnce(sourceOf(text), openaiSft).findings);
    const at = text.indexOf("x30");
    linter.replace(at, 3, words(40).join(" "));
    const edited = linter.lint(facts);
    assert.equal(edited.findings.filter(({ rule }) => rule === "near-duplicate").length, 19);
    assert.deepEqual(edited.findings, lintOnce(sourceOf(linter.text()), openaiSft).findings);
  });
});

describe("answers that conflict", () => {
  it("are those of records with one prompt, history and system message included", () => {
    const text = [chat("Lost card", "card_lost"), chat("lost  card", "card_stolen"), chat("Lost card", "Card_Lost."), chat("Lost card", "a", "Be kind."), chat("Lost card", "b", "Be rude."), chat("Other", "c")].join("\n");
    assert.deepEqual(found(text, "conflicting-answer"), [[2, 1], [3, 2]]);
  });

  it("are found in other formats, and where nothing is asked there are none", () => {
    const target = findTarget("llama-factory", "sft");
    assert.ok(target);
    const text = [{ instruction: "Translate", input: "cat", output: "Katze" }, { instruction: "Translate", input: "dog", output: "Hund" }, { instruction: "Translate", input: "cat", output: "Kater" }].map((record) => JSON.stringify(record)).join("\n");
    assert.deepEqual(lintOnce(sourceOf(text), target).findings.filter(({ rule }) => rule === "conflicting-answer").map(({ range }) => range.start.line), [2]);
    const unasked = ["a", "b"].map((content) => JSON.stringify({ messages: [{ role: "system", content: "Speak." }, { role: "assistant", content }] })).join("\n");
    assert.deepEqual(found(unasked, "conflicting-answer"), []);
  });
});
