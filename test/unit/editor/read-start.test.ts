import assert from "node:assert/strict";
import { readStart } from "../../../src/editor/jobs/read-start.ts";

async function* parts(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

describe("the beginning of a file at a service", () => {
  it("is the file where it is short", async () => {
    assert.equal(await readStart({ content: parts("one\n", "two") }, 100), "one\ntwo");
  });

  it("ends with a whole line, and says how much is shown; what follows is never asked for", async () => {
    let asked = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        asked += 1;
        yield Buffer.from("ten bytes\n");
      }
    }
    assert.equal(await readStart({ bytes: 5000, content: endless() }, 25), "ten bytes\nten bytes\n… The file goes on: 20 B of 5 kB are shown.\n");
    assert.equal(asked, 3);
  });

  it("cuts a line that is longer than all that is shown", async () => {
    assert.equal(await readStart({ content: parts("x".repeat(50)) }, 10), `${"x".repeat(10)}\n… The file goes on: 10 B are shown.\n`);
  });
});
