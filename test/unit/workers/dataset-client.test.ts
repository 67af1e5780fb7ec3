import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createDatasetClient, type DatasetClient } from "../../../src/workers/dataset-client.ts";
import type { WorkProgress } from "../../../src/workers/worker-protocol.ts";
import { buildProgram } from "../../support/build-program.ts";
import { scratchFolder } from "../../support/scratch.ts";

const chat = (question: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: "Yes." }] });
const faulty = (records: number): string => Array.from({ length: records }, (_, index) => `${chat(`${index} ${"x".repeat(9000)}`)}${index % 100 === 0 ? "," : ""}`).join("\n");

describe("the host's side of work on a file", function () {
  this.timeout(60_000);
  const scratch = scratchFolder();
  let client: DatasetClient;
  const drafts = (): string[] => readdirSync(scratch.path("")).filter((name) => name.includes(".tmp"));
  const never = new AbortController().signal;

  before(async () => {
    client = createDatasetClient(pathToFileURL(resolve(await buildProgram("dataset-worker"))));
  });
  after(() => client.dispose());

  it("gives a bounded check, and progress in bytes up to the file's end", async () => {
    const path = scratch.file("checked.jsonl", faulty(400));
    const seen: WorkProgress[] = [];
    const check = await client.checkFile(path, undefined, never, (progress) => seen.push(progress));
    assert.deepEqual([check.records, check.counts.error, check.fixable, [...check.flagged.lines]], [400, 4, 4, [0, 100, 200, 300]]);
    assert.equal(seen.at(-1)?.bytes, seen.at(-1)?.byteLength);
  });

  it("fixes a file into a new one, and says what it does meanwhile", async () => {
    const path = scratch.file("fixed.jsonl", faulty(400));
    const acts = new Set<string | undefined>();
    const { fixed, left } = await client.fixFile(path, undefined, scratch.path("out.jsonl"), never, ({ act }) => acts.add(act));
    assert.deepEqual([fixed, left.counts.error, left.records], [4, 0, 400]);
    assert.deepEqual([...acts], ["checking", "writing"]);
    assert.equal(readFileSync(scratch.path("out.jsonl"), "utf8"), readFileSync(path, "utf8").replaceAll("},\n", "}\n").replaceAll(/,$/g, ""));
    assert.deepEqual(drafts(), []);
  });

  const acts = {
    fixing: (signal: AbortSignal, report: () => void) => client.fixFile(scratch.file("cancelled.jsonl", faulty(3000)), undefined, scratch.path("never.jsonl"), signal, report),
    converting: (signal: AbortSignal, report: () => void) => client.convertFile(scratch.file("cancelled.jsonl", faulty(2500).replaceAll(/,$/gm, "")), { to: "sharegpt", allowLoss: false }, scratch.path("never.jsonl"), signal, report),
  };
  for (const [name, act] of Object.entries(acts)) {
    it(`leaves no draft when it is cancelled while it writes: ${name}`, async () => {
      const cancelling = new AbortController();
      let draftsMeanwhile: string[] = [];
      const acting = act(cancelling.signal, () => {
        if (cancelling.signal.aborted || drafts().length === 0) return;
        draftsMeanwhile = drafts();
        cancelling.abort();
      });
      await assert.rejects(acting, { name: "AbortError" });
      assert.equal(draftsMeanwhile.length, 1);
      while (drafts().length > 0) await new Promise(setImmediate);
      assert.ok(!readdirSync(scratch.path("")).includes("never.jsonl"));
    });
  }

  it("removes the drafts of its own act only", async () => {
    const other = scratch.file(".tunesmith-0123456789ab-aaaaaa.tmp", "of another act");
    const cancelling = new AbortController();
    const fixing = client.fixFile(scratch.file("own.jsonl", faulty(300)), undefined, scratch.path("never.jsonl"), cancelling.signal, () => cancelling.abort());
    await assert.rejects(fixing, { name: "AbortError" });
    await client.checkFile(other, undefined, never, () => undefined);
    assert.deepEqual(drafts(), [".tunesmith-0123456789ab-aaaaaa.tmp"]);
  });
});
