import assert from "node:assert/strict";
import { createSummaries, type Summary } from "../../../src/editor/datasets/summaries.ts";
import type { Aim } from "../../../src/workers/worker-protocol.ts";

const summary: Summary = { formatTitle: "OpenAI chat", records: 1, counts: { error: 0, warning: 0, information: 0, hint: 0 }, fixable: 0 };
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

/** Summaries whose checks end when the test says so. */
function world() {
  const checks: { readonly path: string; readonly signal: AbortSignal; end(result?: Summary | Error): Promise<void> }[] = [];
  const stamps = new Map<string, string>();
  const changed: string[] = [];
  let aim: Aim = "openai/sft";
  const summaries = createSummaries({
    check: (path, _aim, signal) => new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(new Error("aborted")));
      checks.push({
        path, signal,
        async end(result = summary) {
          if (result instanceof Error) reject(result);
          else resolve(result);
          await settle();
        },
      });
    }),
    aimOf: () => aim,
    stampOf: async (path) => stamps.get(path) ?? "1",
    changed: (path) => void changed.push(path),
  });
  return { summaries, checks, stamps, changed, aimAt: (other: Aim) => (aim = other) };
}

describe("summaries of datasets", () => {
  it("are made of what is wanted, one after the other, what was opened first", async () => {
    const { summaries, checks } = world();
    for (const path of ["a", "b", "c"]) summaries.want(path);
    summaries.want("c", true);
    await settle();
    assert.deepEqual([checks.map(({ path }) => path), summaries.of("a"), summaries.of("b"), summaries.of("d")], [["a"], { phase: "running" }, { phase: "waiting" }, undefined]);
    await checks[0]?.end();
    assert.deepEqual(checks.map(({ path }) => path), ["a", "c"]);
    assert.deepEqual(summaries.of("a"), { phase: "done", summary });
  });

  it("are made once for a file, and again when it has changed", async () => {
    const { summaries, checks, stamps } = world();
    summaries.want("a");
    await settle();
    await checks[0]?.end();
    for (let round = 0; round < 3; round++) summaries.want("a", true);
    summaries.touched("a");
    await settle();
    assert.equal(checks.length, 1, "it was touched, but is the same");
    stamps.set("a", "2");
    summaries.touched("a");
    await settle();
    assert.deepEqual([checks.length, summaries.of("a")?.phase], [2, "done"], "the older summary stays in sight meanwhile");
    await checks[1]?.end({ ...summary, records: 2 });
    assert.deepEqual(summaries.of("a"), { phase: "done", summary: { ...summary, records: 2 } });
    summaries.touched("never wanted");
    await settle();
    assert.equal(checks.length, 2);
  });

  it("end with their worker when nobody looks, and begin anew when somebody does", async () => {
    const { summaries, checks } = world();
    for (const path of ["a", "b"]) summaries.want(path);
    await settle();
    summaries.rest();
    await settle();
    assert.deepEqual([checks[0]?.signal.aborted, checks.length, summaries.of("a"), summaries.of("b")], [true, 1, undefined, undefined]);
    summaries.want("b");
    await settle();
    assert.deepEqual(checks.map(({ path }) => path), ["a", "b"]);
  });

  it("are forgotten when another target counts", async () => {
    const { summaries, checks, aimAt } = world();
    summaries.want("a");
    await settle();
    await checks[0]?.end();
    aimAt("together/sft");
    summaries.forget();
    assert.equal(summaries.of("a"), undefined);
    summaries.want("a");
    await settle();
    assert.equal(checks.length, 2);
  });

  it("say why a file cannot be looked at, and go on with the next", async () => {
    const { summaries, checks } = world();
    for (const path of ["a", "b"]) summaries.want(path);
    await settle();
    await checks[0]?.end(new Error("Cannot read a."));
    assert.deepEqual([summaries.of("a"), checks.length], [{ phase: "failed", reason: "Cannot read a." }, 2]);
  });
});
