import assert from "node:assert/strict";
import fc from "fast-check";
import { chartsOf, linesOf, type Chart } from "../../../../src/dataset/insight/charts.ts";
import { createInsights, type Insights } from "../../../../src/dataset/insight/insights.ts";
import { factsOf } from "../../../../src/dataset/insight/record-facts.ts";
import { openaiSft } from "../../../../src/dataset/targets/openai.ts";

const detect = (text: string): string | undefined => (text.includes("é") ? "fr" : /[a-z]/.test(text) ? "en" : undefined);
const words = (text: string): number => text.split(/\s+/).length;

function insightsOf(texts: readonly string[]): Insights {
  const builder = createInsights();
  texts.forEach((text, line) => builder.add(line, factsOf(text, openaiSft, words, detect)));
  return builder.finish();
}

const chat = (question: string, answer: string, system?: string, called?: string): string => JSON.stringify({
  messages: [...(system === undefined ? [] : [{ role: "system", content: system }]), { role: "user", content: question }, called === undefined ? { role: "assistant", content: answer } : { role: "assistant", tool_calls: [{ id: "1", type: "function", function: { name: called, arguments: "{}" } }] }],
  ...(called === undefined ? {} : { tools: [{ type: "function", function: { name: called, parameters: {} } }] }),
});
const chart = (charts: readonly Chart[], id: Chart["id"]): Chart => charts.find((each) => each.id === id) ?? assert.fail(`There is no chart ${id}.`);
const bars = ({ bars: drawn }: Chart): readonly (readonly [string, readonly number[]])[] => drawn.map(({ label, counts }) => [label, counts]);

const line = fc.oneof(
  fc.tuple(fc.constantFrom("Where is my card?", "Où est la clé réelle?", "?"), fc.constantFrom("lost", "late", "a long answer that is no label, because it says far too much for one"), fc.option(fc.constantFrom("Label the question with one word. Be brief.", "Label the question with one word. Be bold."), { nil: undefined }), fc.option(fc.constantFrom("find", "pay"), { nil: undefined })).map(([question, answer, system, called]) => chat(question, answer, system, called)),
  fc.constantFrom("{", '"text"', JSON.stringify({ prompt: "Ask é", completion: "Say" })),
);

describe("insights", () => {
  it("give for every bar as many lines as it counts, and every record to one bar of a histogram", () => {
    fc.assert(fc.property(fc.array(line, { maxLength: 20 }), (texts) => {
      const insights = insightsOf(texts);
      for (const { id, bars: drawn } of chartsOf([insights])) {
        for (const { selection, counts: [own], label } of drawn) assert.equal(linesOf(insights, selection).length, own, `${id} ${label}`);
        if (id === "tokens" || id === "turns" || id === "characters") assert.equal(drawn.reduce((sum, { counts: [own = 0] }) => sum + own, 0), insights.records);
      }
    }), { numRuns: 20 });
  });

  it("tell of roles, labels, system prompts, languages and tools", () => {
    const charts = chartsOf([insightsOf([
      ...Array.from({ length: 6 }, () => chat("Where is my card?", "lost", "Label it.")), ...Array.from({ length: 3 }, () => chat("Où est la clé?", "late")),
      chat("What is the price?", "", undefined, "price"), JSON.stringify({ messages: [{ role: "user", content: "Hi there" }, { role: "assistant", content: "late" }], tools: [{ type: "function", function: { name: "price" } }] }),
    ])]);
    assert.deepEqual(bars(chart(charts, "label")), [["lost", [6]], ["late", [4]], ["a long answer, or none", [1]]]);
    assert.deepEqual(bars(chart(charts, "role")), [["user", [11]], ["assistant", [11]], ["system", [6]]]);
    assert.deepEqual(bars(chart(charts, "system")), [["Label it.", [6]], ["no system prompt", [5]]]);
    assert.deepEqual(bars(chart(charts, "language")), [["English", [8]], ["French", [3]]]);
    assert.deepEqual(bars(chart(charts, "toolUse")), [["calls a tool", [1]], ["declares tools, calls none", [1]], ["no tools", [9]]]);
    assert.deepEqual(bars(chart(charts, "tool")), [["price", [1]]]);
  });

  it("draw two files on the same axes, and find the records of either", () => {
    const [a, b] = [insightsOf(Array.from({ length: 9 }, (_, index) => chat("x".repeat(index + 1), "lost"))), insightsOf([chat("y".repeat(500), "late"), chat("y", "lost"), chat("y", "late")])];
    const characters = chart(chartsOf([a, b]), "characters");
    assert.deepEqual([0, 1].map((file) => characters.bars.reduce((sum, { counts }) => sum + (counts[file] ?? 0), 0)), [9, 3]);
    const late = chart(chartsOf([a, b]), "label").bars.find(({ label }) => label === "late");
    assert.deepEqual(late?.counts, [0, 2]);
    assert.deepEqual([...linesOf(b, late?.selection ?? assert.fail())], [0, 2]);
  });

  it("put a few numbers far above the others into a last bar without an end", () => {
    const { bars: drawn } = chart(chartsOf([insightsOf([...Array.from({ length: 200 }, (_, index) => chat("x".repeat(index % 40), "lost")), chat("x".repeat(9000), "lost")])]), "characters");
    assert.ok(drawn.length <= 20);
    assert.match(drawn.at(-1)?.label ?? "", /^\d+ and more$/);
    assert.deepEqual(drawn.at(-1)?.counts, [1]);
  });

  it("say nothing wrong of nothing", () => {
    const charts = chartsOf([insightsOf([])]);
    assert.deepEqual(charts.map(({ id, notes }) => [id, notes]), [["tokens", ["No records."]], ["turns", ["No records."]], ["characters", ["No records."]], ["system", ["No records."]]]);
    assert.equal(insightsOf(["{", "7"]).unread, 2);
  });
});
