import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { findTargetFormat } from "../../../src/dataset/convert/index.ts";
import { convertFile, type ConversionFault } from "../../../src/workers/convert-file.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("converting a file", () => {
  const scratch = scratchFolder();
  const chat = (text: string, more = ""): string => `{"messages": [{"role": "user", "content": "${text}"${more}}, {"role": "assistant", "content": "a"}]}`;
  const convert = async (content: string, to: string, { allowLoss = false, out = scratch.path("out.jsonl") } = {}) => {
    const faults: ConversionFault[] = [];
    const result = await convertFile(scratch.file("in.jsonl", content), { target: findTargetFormat(to) ?? assert.fail(to), allowLoss }, out, (fault) => faults.push(fault));
    result.draft?.publish();
    return { ...result, faults, written: existsSync(out) ? readFileSync(out, "utf8") : undefined };
  };

  it("writes all records of a file of mixed formats", async () => {
    const { records, written, faults } = await convert(`${chat("q")}\n\n{"instruction": "q", "output": "a"}\n`, "sharegpt");
    const line = '{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]}\n';
    assert.deepEqual([records, written, faults], [2, line + line, []]);
  });

  it("writes nothing when one record loses something, and tells each in the order of the lines", async () => {
    const out = scratch.path("kept.jsonl");
    const { faults, onlyLossy, refused, written } = await convert([chat("q"), chat("q", ', "name": "Ann"'), chat("q", ', "name": "Bob", "mood": 1')].join("\n"), "alpaca", { out });
    assert.deepEqual(faults, [
      { line: 2, reason: "messages[0].name: Alpaca has no place for names of speakers", lossy: true },
      { line: 3, reason: "messages[0].mood: Alpaca has no place for it; messages[0].name: Alpaca has no place for names of speakers", lossy: true },
    ]);
    assert.deepEqual([refused, onlyLossy, written], [2, true, undefined]);
    assert.deepEqual(readdirSync(scratch.path(".")).filter((name) => name.endsWith(".tmp")), []);
  });

  it("leaves out what is allowed to be lost, and counts it by kind of place", async () => {
    const { losses, records } = await convert([chat("q", ', "name": "Ann"'), `{"messages": [{"role": "system", "content": "s"}, {"role": "user", "name": "Bob", "content": "q"}, {"role": "assistant", "content": "a"}]}`].join("\n"), "alpaca", { allowLoss: true });
    assert.deepEqual([records, [...losses]], [2, [["messages[].name: Alpaca has no place for names of speakers", 2]]]);
  });

  it("refuses even then what cannot be made up", async () => {
    const { onlyLossy, faults } = await convert(`${chat("q", ', "name": "Ann"')}\n{"text": "x"}\n`, "alpaca", { allowLoss: true });
    assert.deepEqual([onlyLossy, faults], [false, [{ line: 2, reason: "it is raw text, which does not say who speaks", lossy: false }]]);
  });

  it("refuses an empty file, and the file itself as its place", async () => {
    const { faults, refused, written } = await convert("\n", "alpaca", { out: scratch.path("none.jsonl") });
    assert.deepEqual([faults, refused, written], [[{ line: 1, reason: "the file has no records", lossy: false }], 0, undefined]);
    await assert.rejects(convert(chat("q"), "alpaca", { out: scratch.path("in.jsonl") }), /never changed in place/);
    await assert.rejects(convertFile(scratch.path("missing.jsonl"), { target: findTargetFormat("alpaca") ?? assert.fail(), allowLoss: false }, scratch.path("x.jsonl"), () => undefined), /there is no such file/);
  });
});
