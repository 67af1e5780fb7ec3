import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Shape } from "../../../../src/dataset/shape/shape.ts";
import { shapeFiles, type Shaped } from "../../../../src/workers/shape/shape-files.ts";
import { scratchFolder } from "../../../support/scratch.ts";

describe("shaping files", () => {
  const scratch = scratchFolder();
  const lines = (path: string): string[] => readFileSync(path, "utf8").split("\n").filter(Boolean);
  const shape = (inputs: readonly string[], wanted: Shape, outs: readonly string[], isPreview = false): Shaped =>
    shapeFiles({ inputs, shape: wanted, outs: outs.map((out) => scratch.path(out)), isPreview, provenance: { at: "2026-01-01T00:00:00Z", version: "1.2.3" } });
  const words = "time person year way day thing man world life hand part child eye woman place work week case point company".split(" ");
  /** A sentence of its own for each number. */
  const sentence = (number: number): string => Array.from({ length: 9 }, (_, place) => words[(number * (place * 6 + 1) + place * number * number) % words.length]).join(` ${number} `);
  const chat = (question: string, answer: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] });
  const split: Shape = { kind: "split", heldOut: [{ share: 0.2 }], seed: 1, strata: "label", similarity: 0.8 };

  it("splits with every record in one part, byte for byte and in order, and with what belongs together in one", () => {
    const records = Array.from({ length: 200 }, (_, number) => chat(sentence(number), number % 4 === 0 ? "yes" : "no"));
    const together = [chat("Where is the next tram stop please?", "no"), ` ${chat("Where is the next tram stop please?", "no")}`, chat("where is the next  tram stop please?", "yes"), JSON.stringify({ messages: [{ role: "user", content: "Where is the next tram stop please?" }, { role: "assistant", content: "no" }, { role: "user", content: "Really?" }, { role: "assistant", content: "no" }] })];
    const input = scratch.file("split.jsonl", [...records, ...together].join("\n\n"));
    const shaped = shape([input], split, ["split/train.jsonl", "split/validation.jsonl"]);
    const [training, validation] = [lines(scratch.path("split/train.jsonl")), lines(scratch.path("split/validation.jsonl"))];
    assert.deepEqual([...training, ...validation].sort(), [...records, ...together].sort());
    assert.deepEqual(training, [...records, ...together].filter((record) => training.includes(record)));
    assert.ok([4, 0].includes(together.filter((record) => validation.includes(record)).length));
    assert.deepEqual([shaped.records, shaped.parts.map(({ records: written }) => written)], [204, [training.length, validation.length]]);
    assert.deepEqual(shaped.parts[1]?.strata.map(([name]) => name), ["no", "yes"]);
    assert.ok(Math.abs(validation.filter((record) => record.endsWith('"yes"}]}')).length - 10) <= 2, "labels in proportion");
  });

  it("keeps how each file was made in a line beside it", () => {
    const input = scratch.file("p.jsonl", Array.from({ length: 10 }, (_, number) => chat(sentence(number), `${number}`)).join("\n"));
    shape([input], { kind: "shuffle", seed: 5 }, ["shuffled.jsonl"]);
    const [kept] = lines(scratch.path("shuffled.jsonl.provenance")).map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual({ ...kept, sha256: String(kept?.["sha256"]).length }, { at: "2026-01-01T00:00:00Z", tunesmith: "1.2.3", kind: "shuffle", seed: 5, inputs: ["p.jsonl"], records: 10, sha256: 64 });
    assert.deepEqual(lines(scratch.path("shuffled.jsonl")).sort(), lines(input).sort());
    assert.notDeepEqual(lines(scratch.path("shuffled.jsonl")), lines(input));
  });

  it("writes what is kept back to a list, and keeps back the same when the dataset has grown", () => {
    const records = Array.from({ length: 60 }, (_, number) => chat(sentence(number), sentence(number + 500)));
    const frozen = { ...split, frozen: scratch.path("frozen.txt") };
    shape([scratch.file("f1.jsonl", records.join("\n"))], frozen, ["f1.train.jsonl", "f1.validation.jsonl"]);
    const more = Array.from({ length: 40 }, (_, number) => chat(sentence(number + 100), sentence(number + 700)));
    shape([scratch.file("f2.jsonl", [...more, ...records].join("\n"))], frozen, ["f2.train.jsonl", "f2.validation.jsonl"]);
    assert.deepEqual(lines(scratch.path("f2.validation.jsonl")), lines(scratch.path("f1.validation.jsonl")));
    assert.throws(() => shape([scratch.path("f2.jsonl")], { ...split, frozen: scratch.file("other.txt", "hello\n") }, ["f3.a.jsonl", "f3.b.jsonl"]), /other\.txt: line 1 is "hello", and a part and a hash are expected/);
  });

  it("filters, renames, samples and balances", () => {
    const input = scratch.file("all.jsonl", Array.from({ length: 40 }, (_, number) => `{"prompt": "${sentence(number)}", "completion":"${number % 4 === 0 ? "spam" : "ham"}", "n": ${number}.0}`).join("\n"));
    shape([input], { kind: "filter", where: 'completion == "spam" && n < 20' }, ["filtered.jsonl"]);
    assert.deepEqual(lines(scratch.path("filtered.jsonl")), [0, 4, 8, 12, 16].map((number) => lines(input)[number]));
    shape([input], { kind: "rename", keys: "completion=label" }, ["renamed.jsonl"]);
    assert.equal(readFileSync(scratch.path("renamed.jsonl"), "utf8"), readFileSync(input, "utf8").replaceAll('"completion"', '"label"') + "\n");
    assert.deepEqual(shape([input], { kind: "sample", amount: { records: 8 }, seed: 1, strata: "label" }, ["s.jsonl"]).parts[0]?.strata, [["ham", 6], ["spam", 2]]);
    assert.deepEqual(shape([input], { kind: "balance", seed: 1, strata: "label" }, ["b.jsonl"]).parts[0]?.strata, [["spam", 10], ["ham", 10]]);
  });

  it("keeps one of records that are equal or nearly equal, and both of those that only ask the same", () => {
    const [long, other] = [`${sentence(1)} ${sentence(2)} ${sentence(3)}`, "Is it so, or is it not?"];
    const input = scratch.file("twice.jsonl", [chat(long, "a"), chat(other, "no"), ` ${chat(long, "a")}`, chat(long.replace("person", "people"), "a"), chat(other, "yes")].join("\n"));
    shape([input], { kind: "deduplicate", similarity: 0.8 }, ["unique.jsonl"]);
    assert.deepEqual(lines(scratch.path("unique.jsonl")), [chat(long, "a"), chat(other, "no"), chat(other, "yes")]);
  });

  it("merges files of one format, each record once, and refuses two formats", () => {
    const [a, b, other] = [scratch.file("a.jsonl", `${chat("q", "a")}\n`), scratch.file("b.jsonl", `${chat("q", "a").replace(":", ": ")}\r\n\r\n${chat("r", "b")}`), scratch.file("o.jsonl", '{"prompt":"p","completion":"c"}\n')];
    shape([a, b], { kind: "merge", unique: true }, ["m.jsonl"]);
    assert.deepEqual(lines(scratch.path("m.jsonl")), [chat("q", "a"), chat("r", "b")]);
    assert.throws(() => shape([a, other], { kind: "merge", unique: true }, ["n.jsonl"]), /o\.jsonl: its records are of the format prompt-completion, and those of .*a\.jsonl are of chat/);
    assert.equal(existsSync(scratch.path("n.jsonl")), false);
  });

  it("tells what would be written, and writes nothing, for a preview and for what cannot be shaped", () => {
    const input = scratch.file("few.jsonl", `${chat("q", "a")}\n${chat("r", "b")}\n`);
    assert.deepEqual(shape([input], { kind: "shuffle", seed: 1 }, ["none/x.jsonl"], true).parts.map(({ records }) => records), [2]);
    assert.throws(() => shape([input], { ...split, heldOut: [{ share: 0.0001 }] }, ["none/t.jsonl", "none/v.jsonl"]), /v\.jsonl: none of 2 records would be in it/);
    assert.throws(() => shape([scratch.file("equal.jsonl", `${chat("q", "a")}\n`.repeat(20))], split, ["none/t.jsonl", "none/v.jsonl"]), /v\.jsonl: none of 20 records would be in it: they are one group of records that are equal or nearly equal, ask the same, or are of one conversation, and each group stays in one part; nothing is written/);
    assert.throws(() => shape([scratch.file("bad.jsonl", `${chat("q", "a")}\n{"a":\n`)], { kind: "shuffle", seed: 1 }, ["none/b.jsonl"]), /bad\.jsonl: line 2 is no record/);
    assert.throws(() => shape([scratch.file("bad2.jsonl", `${chat("q", "a")}\n{"a":\n`)], split, ["none/b.jsonl", "none/c.jsonl"]), /bad2\.jsonl: line 2 is no record/);
    assert.throws(() => shape([input], { kind: "shuffle", seed: 1 }, ["few.jsonl"]), /it is the file that is read/);
    assert.deepEqual(existsSync(scratch.path("none")) ? readdirSync(scratch.path("none")) : [], []);
  });
});
