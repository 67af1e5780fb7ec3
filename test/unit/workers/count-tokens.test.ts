import assert from "node:assert/strict";
import { countFileTokens } from "../../../src/workers/count-tokens.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("counting the tokens of a file", () => {
  const scratch = scratchFolder();
  const line = JSON.stringify({ messages: [{ role: "user", content: "tiktoken is great!" }, { role: "assistant", content: "<|endoftext|>" }] });

  it("counts as tiktoken does: `tiktoken is great!` has 6 tokens in o200k_base and in cl100k_base, and a special token's spelling is text", async () => {
    const path = scratch.file("spelled.jsonl", line);
    const spelled = (await countFileTokens(path, { encoding: "o200k_base" })).tokens;
    assert.equal(spelled, 3 + (3 + 1 + 6) + (3 + 1 + 7));
    assert.equal((await countFileTokens(path, { encoding: "cl100k_base" })).tokens, 3 + (3 + 1 + 6) + (3 + 1 + 7));
    const { records, tokens } = await countFileTokens(scratch.file("twice.jsonl", `${line}\n\n${line}\n`), { encoding: "o200k_base" });
    assert.deepEqual([records, tokens], [2, 2 * spelled]);
  });

  it("names the lines that are cut, blank ones counted", async () => {
    const { cut, kept } = await countFileTokens(scratch.file("long.jsonl", `${line}\n\n${line}\n`), { encoding: "o200k_base", limit: 10 });
    assert.deepEqual([cut.first.map(({ line: at }) => at), kept], [[0, 2], 20]);
  });

  it("says in words when a file is not there", async () => {
    await assert.rejects(countFileTokens(scratch.path("none.jsonl"), { encoding: "o200k_base" }), /none\.jsonl/);
  });
});
