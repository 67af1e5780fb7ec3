import assert from "node:assert/strict";
import { targets } from "../../../src/dataset/targets/index.ts";
import { checkEveryTarget } from "../../../src/workers/check-every-target.ts";
import { scratchFolder } from "../../support/scratch.ts";

const chat = (question: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: "Yes." }] });
const records = Array.from({ length: 100 }, (_, index) => chat(`Question ${index}`));
const origin = { encoding: "utf-8", byteOrderMark: false } as const;

describe("checking for every target", () => {
  const scratch = scratchFolder();
  const verdicts = (lines: readonly string[]): Map<string, string> => new Map(checkEveryTarget({ path: scratch.file("data.jsonl", lines.join("\n")) }).targets.map(({ target, verdict }) => [target, verdict]));

  it("judges each target by its own rules", () => {
    const clean = verdicts(records);
    assert.equal(clean.size, targets.length);
    assert.deepEqual(["openai/sft", "together/sft", "trl/sft", "openai/dpo", "vertex/sft"].map((name) => clean.get(name)), ["taken", "taken", "taken", "refused", "refused"]);
    const keyed = verdicts(records.map((record) => record.replace("}]}", '}],"note":"n"}')));
    assert.deepEqual(["openai/sft", "together/sft", "trl/sft"].map((name) => keyed.get(name)), ["after-fixes", "after-fixes", "taken"]);
  });

  it("knows what only a repair shows, in a short file, and what no text can hold", () => {
    const hidden = `${chat("x").replace('"assistant"', '"narrator"')},`;
    assert.equal(verdicts([...records, hidden]).get("openai/sft"), "refused");
    const [judged] = checkEveryTarget({ path: scratch.file("odd.jsonl", Buffer.concat([Buffer.from(`${records.join("\n")}\n{"a": "`), Buffer.from([0xff]), Buffer.from('"},')])) }).targets.filter(({ target }) => target === "openai/sft");
    assert.equal(judged?.verdict, "refused");
    assert.ok(judged.reasons.some(({ rule }) => rule === "not-utf-8"));
  });

  it("gives the same for the text of a document, and heeds which rules are off", () => {
    const text = [...records, `${chat("x")},`, chat("y").replace("user", "USER")].join("\n");
    const ofFile = checkEveryTarget({ path: scratch.file("same.jsonl", text) });
    assert.deepEqual(checkEveryTarget({ text, origin }), ofFile);
    const off = checkEveryTarget({ text, origin }, { severities: { "invalid-json": "off", "unknown-role": "off" } });
    assert.equal(off.targets.find(({ target }) => target === "openai/sft")?.verdict, "taken");
  });

  it("tells a target that refuses the beginning of a long dataset by that alone, and the others by all of it", () => {
    const lengths = { fixed: 1000, beginning: 1000 };
    const text = [...records, `${chat("x")},`, "", chat("y")].join("\n");
    const ofFile = checkEveryTarget({ path: scratch.file("long.jsonl", text) }, { lengths });
    assert.deepEqual(checkEveryTarget({ text, origin }, { lengths }), ofFile);
    const told = (name: string): unknown => {
      const { verdict, beginning, reasons } = ofFile.targets.find(({ target }) => target === name) ?? assert.fail(name);
      return [verdict, beginning, reasons.map(({ rule, count }) => [rule, count])];
    };
    assert.deepEqual([told("openai/sft"), told("openai/dpo"), told("openai/rft")], [
      ["after-fixes", undefined, [["invalid-json", 1]]],
      ["refused", 11, [["wrong-format", 1]]],
      ["refused", 11, [["missing-grader-field", 11], ["wrong-last-message", 11]]],
    ]);
    assert.equal(ofFile.records, 102);
    const foreign = Array.from({ length: 60 }, (_, index) => JSON.stringify({ contents: [{ role: "user", parts: [{ text: `Question ${index}` }] }, { role: "model", parts: [{ text: "Yes." }] }] }));
    const every = checkEveryTarget({ path: scratch.file("foreign.jsonl", `${foreign.join("\n")}\n`) }, { lengths });
    assert.deepEqual([every.records, every.targets.find(({ target }) => target === "vertex/sft")?.verdict], [60, "taken"]);
  });

  it("looks at all of what does not begin with a record on each line", () => {
    const path = scratch.file("array.jsonl", `[\n${records.join(",\n")}\n]`);
    assert.ok(checkEveryTarget({ path }, { lengths: { fixed: 1000, beginning: 1000 } }).targets.every(({ beginning }) => beginning === undefined));
  });

  it("tells how far it is, and can be ended", () => {
    const path = scratch.file("data.jsonl", records.join("\n"));
    const seen: number[] = [];
    checkEveryTarget({ path }, { watch: (share) => void seen.push(share) });
    assert.deepEqual([seen[0], seen.at(-1)], [0, 1]);
    assert.ok(seen.every((share, index) => share >= (seen[index - 1] ?? 0)) && seen.length > targets.length);
    assert.throws(() => checkEveryTarget({ path }, { watch: () => { throw new Error("enough"); } }), /enough/);
    assert.throws(() => checkEveryTarget({ path: scratch.path("gone.jsonl") }), /there is no such file/);
  });
});
