import assert from "node:assert/strict";
import { countFileTokens } from "../../../src/workers/count-tokens.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("counting the tokens of a file", () => {
  const scratch = scratchFolder();
  const line = JSON.stringify({ messages: [{ role: "user", content: "tiktoken is great!" }, { role: "assistant", content: "<|endoftext|>" }] });

  it("counts as tiktoken does: `tiktoken is great!` has 6 tokens in o200k_base, and a special token's spelling is text", () => {
    const spelled = countFileTokens(scratch.file("spelled.jsonl", line));
    assert.equal(spelled, 3 + (3 + 1 + 6) + (3 + 1 + 7));
    assert.equal(countFileTokens(scratch.file("twice.jsonl", `${line}\n\n${line}\n`)), 2 * spelled);
  });

  it("says in words when a file is not there", () => {
    assert.throws(() => countFileTokens(scratch.path("none.jsonl")), /none\.jsonl/);
  });
});
