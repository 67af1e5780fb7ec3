import assert from "node:assert/strict";
import { assertFollowsOpenAi } from "../../support/openai-specification.ts";

describe("OpenAI's specification", () => {
  const file = { id: "file-1", object: "file", bytes: 1, created_at: 1, filename: "a.jsonl", purpose: "fine-tune", status: "processed" };

  it("takes what follows it", () => assertFollowsOpenAi("OpenAIFile", file));

  it("names every deviation", () => {
    assert.throws(() => assertFollowsOpenAi("OpenAIFile", { ...file, purpose: "fun", bytes: "1" }), /purpose must be equal to one of the allowed values[^]*bytes must be integer|bytes must be integer[^]*purpose must be equal/);
  });

  it("knows its schemas", () => assert.throws(() => assertFollowsOpenAi("Nothing", {}), /no schema Nothing/));
});
