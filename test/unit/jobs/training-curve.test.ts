import assert from "node:assert/strict";
import fc from "fast-check";
import { curvesOf, pointsOfEvents, smooth, thin, validationLossOf } from "../../../src/jobs/training-curve.ts";
import { stepEvent } from "./job-of.ts";

describe("the curves of a training", () => {
  it("are those of its metrics, the known ones first, each with what it measures", () => {
    const curves = curvesOf([{ step: 1, metrics: { grad_norm: 2, valid_loss: 3, train_loss: 2.5, train_mean_reward: 0.1, "rewards/accuracies": 0.5 } }]);
    assert.deepEqual(curves.map(({ metric, kind, heldOut }) => [metric, kind, heldOut]), [["train_loss", "loss", false], ["valid_loss", "loss", true], ["train_mean_reward", "reward", false], ["grad_norm", "other", false], ["rewards/accuracies", "accuracy", false]]);
    assert.equal(curves.at(-1)?.title, "Rewards accuracies");
  });

  it("ascend by step, and have a step that was trained again as it was last", () => {
    const [loss] = curvesOf([{ step: 2, metrics: { train_loss: 9 } }, { step: 1, metrics: { train_loss: 3 } }, { step: 2, metrics: { train_loss: 2 } }]);
    assert.deepEqual(loss?.points, [{ step: 1, value: 3 }, { step: 2, value: 2 }]);
  });

  it("leave out what is no number, and metrics without any", () => {
    assert.deepEqual(curvesOf([{ step: 1, metrics: { train_loss: Number.NaN, valid_loss: Infinity } }, { step: 2, metrics: {} }]), []);
  });

  it("are read from events where a service tells them only there", () => {
    const points = pointsOfEvents([stepEvent(1, { step: 1, total_steps: 9, train_loss: 2 }), { id: "x", createdAt: 1, level: "info", message: "Created" }, stepEvent(2, { step: 2, total_steps: 9 })]);
    assert.deepEqual(points, [{ step: 1, createdAt: 1000, metrics: { train_loss: 2 } }]);
  });

  it("have the loss over the whole validation set before that of batches, once it was measured twice", () => {
    const once = [{ step: 1, metrics: { valid_loss: 3 } }, { step: 2, metrics: { valid_loss: 2, full_valid_loss: 2.2 } }];
    assert.equal(validationLossOf(curvesOf(once))?.metric, "valid_loss");
    assert.equal(validationLossOf(curvesOf([...once, { step: 3, metrics: { full_valid_loss: 2.1 } }]))?.metric, "full_valid_loss");
    assert.equal(validationLossOf(curvesOf([{ step: 1, metrics: { train_loss: 1 } }])), undefined);
  });
});

describe("smoothing", () => {
  const points = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1 }).map((values) => values.map((value, step) => ({ step, value: value || 0 })));

  it("changes nothing at weight 0, and a constant at none", () => {
    fc.assert(fc.property(points, (given) => assert.deepEqual(smooth(given, 0), given)));
    for (const { value } of smooth(Array.from({ length: 50 }, (_, step) => ({ step, value: 2.5 })), 0.9)) assert.ok(Math.abs(value - 2.5) < 1e-9);
  });

  it("stays between the least and the most", () => {
    fc.assert(fc.property(points, fc.double({ min: 0, max: 0.99, noNaN: true }), (given, weight) => {
      const values = given.map(({ value }) => value);
      for (const { value } of smooth(given, weight)) assert.ok(value >= Math.min(...values) - 1e-6 && value <= Math.max(...values) + 1e-6);
    }));
  });

  it("is TensorBoard's: 1, 0 at weight 0.5 gives 1, 1/3", () => {
    assert.deepEqual(smooth([{ step: 0, value: 1 }, { step: 1, value: 0 }], 0.5).map(({ value }) => Math.round(value * 1e6) / 1e6), [1, 0.333333]);
  });
});

describe("thinning", () => {
  const points = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { maxLength: 300 }).map((values) => values.map((value, step) => ({ step, value: value || 0 })));

  it("keeps the lowest and the highest of a long curve, in order, within what is allowed", () => {
    fc.assert(fc.property(points, fc.integer({ min: 2, max: 60 }), (given, most) => {
      const thinned = thin(given, most);
      assert.ok(thinned.length <= most && thinned.every((point) => given.includes(point)));
      assert.ok(thinned.every(({ step }, index) => step > (thinned[index - 1]?.step ?? -1)));
      for (const extreme of [Math.min, Math.max]) assert.equal(extreme(...thinned.map(({ value }) => value)), extreme(...given.map(({ value }) => value)));
    }));
  });
});
