import assert from "node:assert/strict";
import fc from "fast-check";
import { curvesOf, type Curve } from "../../../src/jobs/training-curve.ts";
import type { JobOverview } from "../../../src/protocol/job-panel.ts";
import { chartsOf, figure, valueAt } from "../../../webview/job/chart-data.ts";
import { begin, mostRuns, reduce, rememberedRuns, toRemember, type State } from "../../../webview/job/state.ts";

const overview = (curves: readonly Curve[]): JobOverview => ({
  job: { provider: "p", job: "a" }, name: "a", service: "P", state: "running", finished: false, facts: [], parameters: [], timeline: [], curves,
  checkpoints: [{ step: 2, model: "m" }], advice: [], actions: [], others: [],
});
const own = curvesOf([{ step: 1, metrics: { train_loss: 2 } }, { step: 2, metrics: { train_loss: 1, valid_loss: 3, entropy: 0.5 } }]);
const plain = { runs: [], scale: "linear", smoothing: 0 } as const;

describe("the charts of a job", () => {
  it("are one for each kind of curve, and one for each metric of none, over the same steps", () => {
    const charts = chartsOf(overview(own), plain);
    assert.deepEqual(charts.map(({ title, steps, marks }) => [title, steps, marks]), [["Loss", [1, 2], [2]], ["Entropy", [2], [2]]]);
    assert.deepEqual(charts[0]?.lines.map(({ title, measured }) => [title, measured]), [["Training loss", [2, 1]], ["Validation loss, of a batch", [null, 3]]]);
  });

  it("lay other runs over it in the metric's colour and a pattern of their own, over the steps of both", () => {
    const run = { job: { provider: "p", job: "b" }, name: "b", curves: curvesOf([{ step: 3, metrics: { train_loss: 4, reward: 1 } }]) };
    const [loss, ...others] = chartsOf(overview(own), { ...plain, runs: [run] });
    assert.deepEqual(loss?.lines.map(({ title, tone, run: pattern, measured }) => [title, tone, pattern, measured]), [
      ["Training loss", 0, 0, [2, 1, null]], ["Validation loss, of a batch", 1, 0, [null, 3, null]], ["Training loss (b)", 0, 1, [null, null, 4]],
    ]);
    assert.deepEqual(others.map(({ title }) => title), ["Entropy"]);
  });

  it("leave out of a logarithmic scale what has no logarithm", () => {
    const [chart] = chartsOf(overview(curvesOf([{ step: 1, metrics: { train_loss: 0 } }, { step: 2, metrics: { train_loss: 1 } }])), { ...plain, scale: "log" });
    assert.deepEqual(chart?.lines[0]?.measured, [null, 1]);
  });

  it("keep what was measured beside what is smoothed", () => {
    const [line] = chartsOf(overview(own), { ...plain, smoothing: 0.5 })[0]?.lines ?? [];
    assert.deepEqual([line?.measured, line?.smoothed?.map((value) => value?.toFixed(3))], [[2, 1], ["2.000", "1.333"]]);
  });

  it("tell at any step the last measurement before it", () => {
    const [line] = chartsOf(overview(curvesOf([{ step: 1, metrics: { valid_loss: 2 } }, { step: 2, metrics: { train_loss: 1 } }])), plain)[0]?.lines.filter(({ curve }) => curve.metric === "valid_loss") ?? [];
    assert.ok(line);
    assert.deepEqual([valueAt(line, 0), valueAt(line, 1)], [2, 2]);
  });

  it("write numbers in four digits, and tiny ones as powers", () => {
    assert.deepEqual([0, 0.123456, 1234.56, 0.0002].map(figure), ["0", "0.1235", "1235", "2.00e-4"]);
  });
});

describe("the state of a job's page", () => {
  const run = (job: string) => ({ job: { provider: "p", job }, name: job, curves: [] });

  it("has each other run once, and the last few of many", () => {
    const state = ["b", "c", "b", "d", "e"].reduce<State>((before, job) => reduce(before, { type: "add", run: run(job) }), begin(undefined));
    assert.deepEqual(state.runs.map(({ name }) => name), ["b", "d", "e"]);
    assert.equal(state.runs.length, mostRuns);
    assert.deepEqual(reduce(state, { type: "remove", job: run("d").job }).runs.map(({ name }) => name), ["b", "e"]);
  });

  it("comes back as it was remembered", () => {
    const state = [{ type: "overview", overview: overview([]) }, { type: "scale", scale: "log" }, { type: "smoothing", smoothing: 0.4 }, { type: "add", run: run("b") }] as const;
    const kept = toRemember(state.reduce<State>(reduce, begin(undefined)));
    const { scale, smoothing } = begin(JSON.parse(JSON.stringify(kept)));
    assert.deepEqual([scale, smoothing, rememberedRuns(kept)], ["log", 0.4, [{ provider: "p", job: "b" }]]);
  });

  it("begins whatever was remembered", () => {
    fc.assert(fc.property(fc.anything(), (kept) => {
      const { scale, smoothing, runs } = begin(kept);
      assert.ok(["linear", "log"].includes(scale) && smoothing >= 0 && smoothing < 1 && runs.length === 0);
      assert.ok(rememberedRuns(kept).length <= mostRuns);
    }));
  });
});
