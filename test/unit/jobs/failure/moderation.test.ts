import assert from "node:assert/strict";
import { isAboutModeration } from "../../../../src/jobs/failure/moderation.ts";

describe("a failure that is about moderation", () => {
  it("is told by the words that OpenAI and Azure use", () => {
    const said = [
      "The job failed due to an invalid training file. This training file was blocked because too many examples were flagged by our moderation API for containing content that violates OpenAI's usage policies in the following categories: hate.",
      "This file failed moderation safety checks.",
      "The provided fine-tuning data was blocked for content that violates Azure OpenAI's usage policies.",
      "Line 3 has no messages.", "Rate limits were moderated.",
    ];
    assert.deepEqual(said.map(isAboutModeration), [true, true, true, false, false]);
  });
});
