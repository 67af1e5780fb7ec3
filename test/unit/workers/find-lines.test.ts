import assert from "node:assert/strict";
import { findLines, hashLine } from "../../../src/workers/find-lines.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("finding lines of a file", () => {
  const scratch = scratchFolder();
  const line = (number: number): string => JSON.stringify({ messages: [{ role: "user", content: `Größe ${number}?` }] });

  it("goes by number, of lines or of those that hold a record", async () => {
    scratch.file("a.jsonl", `${line(0)}\n\n  \r\n${line(1)}\n${line(2)}`);
    const found = await findLines(scratch.path("a.jsonl"), [{ number: 4, counts: "lines" }, { number: 3, counts: "records" }, { number: 6, counts: "lines" }, { number: 4, counts: "records" }]);
    assert.deepEqual(found.map((each) => each && [each.line, each.sha256, each.length]), [[3, hashLine(line(1)), line(1).length], [4, hashLine(line(2)), line(2).length], undefined, undefined]);
  });

  it("goes by what stands there, wherever it has come to, the nearest of the same", async () => {
    scratch.file("b.jsonl", [line(0), line(7), line(1), line(7), line(2)].join("\n"));
    const [seven] = await findLines(scratch.path("b.jsonl"), [{ number: 4, counts: "lines" }]);
    assert.ok(seven);
    scratch.file("c.jsonl", `${[line(5), line(7), line(6), line(0), line(7)].join("\r\n")}\r\n`);
    const { sha256, byteLength } = seven;
    const found = await findLines(scratch.path("c.jsonl"), [{ sha256, byteLength, near: 3 }, { sha256, byteLength, near: 0 }, { sha256: hashLine("else"), byteLength, near: 0 }]);
    assert.deepEqual(found.map((each) => each?.line), [4, 1, undefined]);
  });

  it("does not mind a byte-order mark or UTF-16", async () => {
    scratch.file("d.jsonl", `\uFEFF${line(0)}\n${line(1)}\n`);
    assert.equal((await findLines(scratch.path("d.jsonl"), [{ number: 1, counts: "lines" }]))[0]?.sha256, hashLine(line(0)));
    scratch.file("e.jsonl", Buffer.from(`\uFEFF${line(0)}\n${line(1)}\n`, "utf16le"));
    assert.equal((await findLines(scratch.path("e.jsonl"), [{ number: 2, counts: "records" }]))[0]?.sha256, hashLine(line(1)));
  });

  it("says which file cannot be read", async () => {
    await assert.rejects(findLines(scratch.path("none.jsonl"), []), /none\.jsonl/);
  });
});
