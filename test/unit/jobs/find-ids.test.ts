import assert from "node:assert/strict";
import fc from "fast-check";
import { findIds, knownIds } from "../../../src/jobs/find-ids.ts";
import { jobOf } from "./job-of.ts";

const upload = { provider: "OpenAI", sha256: "0".repeat(64), path: "/data/train.jsonl", changedAt: 1, file: "file-abc123XYZ" };
const ids = knownIds([jobOf("ftjob-abc123", { provider: "OpenAI", tunedModel: "ft:gpt-4o-mini:acme:x:1" }), jobOf("short")], [], [upload]);
const found = (line: string) => findIds(line, ids).map(({ start, length }) => line.slice(start, start + length));

describe("ids in a terminal", () => {
  it("are those of jobs, their models and files that this machine knows", () => {
    assert.deepEqual(found("Created ftjob-abc123 from file-abc123XYZ."), ["ftjob-abc123", "file-abc123XYZ"]);
    assert.deepEqual(found('{"fine_tuned_model":"ft:gpt-4o-mini:acme:x:1"}'), ["ft:gpt-4o-mini:acme:x:1"]);
    assert.deepEqual(found("GET https://api.openai.com/v1/fine_tuning/jobs/ftjob-abc123"), ["ftjob-abc123"]);
    assert.deepEqual(findIds("file-abc123XYZ", ids)[0]?.meant, { kind: "file", provider: "OpenAI", file: { id: "file-abc123XYZ", name: "train.jsonl" } });
  });

  it("are no others: not unknown ones, not the beginning of a longer one, not words as short as a log's", () => {
    assert.deepEqual(found("ftjob-unknown ftjob-abc1234 xftjob-abc123 short"), []);
  });

  it("stand where they are found, in any text around them", () => {
    fc.assert(fc.property(fc.string(), fc.string(), (before, after) => {
      const line = `${before} ftjob-abc123 ${after}`;
      const [first] = findIds(line, ids).filter(({ start }) => start === before.length + 1);
      assert.equal(line.slice(first?.start, (first?.start ?? 0) + (first?.length ?? 0)), "ftjob-abc123");
    }));
  });
});
