import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import type { Advice, Training } from "../../../../src/jobs/doctor/advice.ts";
import { examine, nextChange } from "../../../../src/jobs/doctor/index.ts";
import type { Checkpoint } from "../../../../src/jobs/job.ts";
import type { MetricPoint } from "../../../../src/jobs/metric-point.ts";
import { curvesOf } from "../../../../src/jobs/training-curve.ts";
import { readResultFile } from "../../../../src/providers/wire/result-file.ts";
import { jobOf } from "../job-of.ts";

type Part = Partial<Training["job"]> & { readonly checkpoints?: readonly Checkpoint[] };

function trainingOf(points: readonly MetricPoint[], { checkpoints = [], ...job }: Part = {}): Training {
  return { job: { ...jobOf("job", { status: "succeeded", validationFile: "file-2" }), ...job }, curves: curvesOf(points), checkpoints };
}

const published = async (name: string, part: Part = {}): Promise<Training> => trainingOf(readResultFile(await readFile(`test/fixtures/trainings/${name}.csv`, "utf8")) ?? [], part);
const losses = (values: readonly number[], every = 1): readonly MetricPoint[] => values.map((value, index) => ({ step: (index + 1) * every, metrics: { train_loss: value } }));
const between = (from: number, to: number, count: number): readonly number[] => Array.from({ length: count }, (_, index) => from + ((to - from) * index) / (count - 1));
const checkpoint = (step: number, metrics: Readonly<Record<string, number>>): Checkpoint => ({ id: `c${step}`, job: "job", createdAt: step, step, model: `tuned:step-${step}`, metrics });
const signs = (advice: readonly Advice[]): readonly string[] => advice.map(({ sign, gravity }) => `${sign} ${gravity}`);
const find = (advice: readonly Advice[], sign: Advice["sign"]): Advice => advice.find((each) => each.sign === sign) ?? assert.fail(`No advice of ${sign}: ${signs(advice).join(", ")}`);

describe("the training doctor", () => {
  it("sees that NuminaMath-7B-TIR learned its records by heart after the first of 4 epochs", async () => {
    const advice = examine(await published("overfitting", { hyperparameters: { n_epochs: 4 } }));
    assert.deepEqual(signs(advice), ["overfitting serious"]);
    const { title, text, evidence, change } = find(advice, "overfitting");
    assert.equal(title, "Severe overfitting");
    assert.equal(text, "At step 6,932 the validation loss is 0.53, 2.38 times the training loss of 0.223. It was lowest, 0.431, at step 1,733 and has risen by 23 % since: from there on the model learned its records by heart.");
    assert.deepEqual(evidence.map(({ value }) => Number(value.toFixed(4))), [0.5302, 0.2225, 2.3829, 0.4313]);
    assert.deepEqual(change, { text: "Train for fewer epochs: n_epochs 1 instead of 4.", hyperparameter: { name: "n_epochs", from: 4, to: 1 } });
  });

  it("finds SpeechT5's training healthy: the validation loss is below the training loss", async () => {
    const advice = examine(await published("healthy"));
    assert.ok(signs(advice).includes("healthy good"), signs(advice).join());
    assert.ok(advice.every(({ gravity }) => gravity === "good" || gravity === "note"));
    assert.match(find(advice, "healthy").text, /^At step 10,000 the validation loss is 0\.313, 0\.898 times the training loss of 0\.349\.$/);
  });

  it("finds a ratio of 1.23 mild, and no harm while the validation loss still falls", async () => {
    const { gravity, title, text, change } = find(examine(await published("mild")), "overfitting");
    assert.deepEqual([gravity, title, change], ["note", "Mild overfitting, without harm so far", undefined]);
    assert.match(text, /3\.91, 1\.23 times the training loss of 3\.16/);
  });

  it("warns of a last validation loss that is above 1.2 times the best, whatever the ratio", () => {
    const points = [{ step: 1, metrics: { train_loss: 2, valid_loss: 1.5 } }, { step: 2, metrics: { train_loss: 1.9, valid_loss: 1.9 } }];
    assert.deepEqual(signs(examine(trainingOf(points))), ["overfitting warning"]);
  });

  it("lowers the learning rate where a single epoch was too many", () => {
    const points = [{ step: 10, metrics: { train_loss: 1, valid_loss: 1 } }, { step: 20, metrics: { train_loss: 0.4, valid_loss: 1.3 } }];
    assert.deepEqual(find(examine(trainingOf(points, { hyperparameters: { n_epochs: 1, learning_rate_multiplier: 2 } })), "overfitting").change?.hyperparameter, { name: "learning_rate_multiplier", from: 2, to: 1 });
  });

  it("sees divergence: a loss that fell to 0.8 in 20,000 steps, then rose to 6.2 and stayed there, as issue 1375 of haotian-liu/LLaVA describes", () => {
    const advice = examine(trainingOf(losses([...between(2.5, 0.8, 20), ...between(0.9, 6.2, 10), ...between(6.2, 6.1, 5)], 1000), { hyperparameters: { learning_rate: 2e-4 } }));
    assert.deepEqual(signs(advice), ["diverging serious"]);
    assert.match(find(advice, "diverging").text, /^The training loss was 0\.\d+ around step 2\d,000 and is 6\.\d+ at step 35,000\./);
    assert.equal(nextChange(advice)?.text, "Halve the learning rate: learning_rate 0.0001 instead of 0.0002.");
  });

  it("says of a running job that it is diverging, and only the direction where the service chose the rate", () => {
    const advice = examine(trainingOf(losses([...between(2, 1, 10), ...between(1, 5, 10)]), { status: "running", hyperparameters: { learning_rate_multiplier: "auto" } }));
    assert.equal(find(advice, "diverging").title, "The training is diverging");
    assert.match(nextChange(advice)?.text ?? "", /^Halve the learning rate: the service chose it/);
  });

  it("does not mind a spike that comes back, as LLaVA's to 4.27", async () => {
    const [spike] = (await published("spike")).curves;
    const around = spike?.points.map(({ value }) => value) ?? [];
    const advice = examine(trainingOf(losses([...between(1.1, 0.7, 10), ...around, ...between(0.7, 0.65, 10)])));
    assert.ok(!signs(advice).some((sign) => sign.startsWith("diverging")), signs(advice).join());
  });

  it("never takes a lone spike in a falling loss for divergence", () => {
    fc.assert(fc.property(fc.integer({ min: 10, max: 80 }), fc.nat(), fc.double({ min: 0, max: 1e6, noNaN: true }), (count, place, height) => {
      const values = [...between(2, 0.5, count)];
      values[place % count] = height;
      assert.ok(!examine(trainingOf(losses(values))).some(({ sign }) => sign === "diverging"));
    }));
  });

  it("does not take a loss near zero that doubled for divergence", () => {
    const advice = examine(trainingOf(losses([...between(3.1, 0.04, 20), ...between(0.04, 0.08, 10)])));
    assert.ok(!signs(advice).some((sign) => sign.startsWith("diverging")));
  });

  it("sees a training that stalls, and doubles the learning rate", () => {
    const advice = examine(trainingOf(losses(Array.from({ length: 40 }, (_, index) => 2.1 + (index % 2) * 0.03)), { hyperparameters: { learning_rate_multiplier: 0.1 } }));
    assert.deepEqual(signs(advice), ["stalled warning"]);
    assert.equal(nextChange(advice)?.text, "Double the learning rate: learning_rate_multiplier 0.2 instead of 0.1.");
  });

  it("gives a running job time before it says that it stalls", () => {
    const flat = losses(Array.from({ length: 20 }, () => 2.1));
    assert.deepEqual(signs(examine(trainingOf(flat, { status: "running" }))), []);
    assert.deepEqual(signs(examine(trainingOf(flat))), ["stalled warning"]);
  });

  it("sees a training that ended while its loss still fell", () => {
    const advice = examine(trainingOf(losses(between(3.1, 0.9, 60)), { hyperparameters: { n_epochs: 2 } }));
    const { text, change } = find(advice, "too-few-steps");
    assert.match(text, /^In the last quarter the training loss fell by \d+ %/);
    assert.deepEqual(change?.hyperparameter, { name: "n_epochs", from: 2, to: 3 });
    assert.deepEqual(signs(examine(trainingOf(losses(between(3.1, 0.9, 60)), { status: "running" }))), []);
  });

  it("wants no more steps where the validation loss has risen already", () => {
    const points = between(3, 1, 20).map((value, index) => ({ step: index + 1, metrics: { train_loss: value, ...(index === 9 ? { full_valid_loss: 1 } : index === 19 ? { full_valid_loss: 1.05 } : {}) } }));
    assert.ok(!examine(trainingOf(points)).some(({ sign }) => sign === "too-few-steps"));
  });

  it("names the best checkpoint, by its own loss over the validation set", async () => {
    const checkpoints = [checkpoint(6932, { full_valid_loss: 0.5302 }), checkpoint(3466, { full_valid_loss: 0.4332 }), checkpoint(1733, { full_valid_loss: 0.4313 })];
    const { title, text, evidence } = find(examine(await published("overfitting", { checkpoints })), "best-checkpoint");
    assert.equal(title, "The checkpoint at step 1,733 is better than the last");
    assert.equal(text, "Its validation loss is 0.431, that of the last, at step 6,932, 0.53. Evaluate tuned:step-1733 before you use the last.");
    assert.deepEqual(evidence.map(({ step }) => step), [1733, 3466, 6932]);
  });

  it("names it by the curve at its step where checkpoints bring no numbers", async () => {
    const checkpoints = [1733, 3466, 5199, 6932].map((step) => checkpoint(step, {}));
    assert.match(find(examine(await published("overfitting", { checkpoints })), "best-checkpoint").title, /step 1,733/);
    assert.equal(find(examine(await published("healthy", { checkpoints: [checkpoint(9000, {}), checkpoint(10000, {})] })), "best-checkpoint").gravity, "good");
  });

  it("sees a gap of rewards above 0.10 in reinforcement, and says nothing of its loss", () => {
    const points = between(0.2, 0.9, 20).map((value, index) => ({ step: index + 1, metrics: { train_loss: 1 + index, train_mean_reward: value, valid_mean_reward: Math.min(0.6, value) } }));
    const advice = examine(trainingOf(points, { method: "rft", hyperparameters: { n_epochs: 3 } }));
    assert.deepEqual(signs(advice), ["reward-gap warning"]);
    assert.match(find(advice, "reward-gap").text, /a gap of 0\.2\d+\./);
    assert.deepEqual(find(advice, "reward-gap").change?.hyperparameter, { name: "n_epochs", from: 3, to: 2 });
  });

  it("says what cannot be known without held-out records", () => {
    const { validationFile: _none, ...job } = jobOf("job", { status: "succeeded", validationFile: "x" });
    const advice = examine({ job, curves: curvesOf(losses(between(0.09, 0.05, 12))), checkpoints: [] });
    assert.deepEqual(signs(advice), ["no-validation note"]);
  });

  it("says nothing before anything was measured", () => {
    assert.deepEqual(examine(trainingOf([])), []);
    assert.equal(nextChange([]), undefined);
  });

  it("rests whatever it says on numbers, a rule and its source, for any curve", () => {
    const value = fc.double({ min: 0, max: 10, noNaN: true });
    const points = fc.array(fc.record({ train_loss: value, valid_loss: value, full_valid_loss: value, train_mean_reward: value, valid_mean_reward: value }), { maxLength: 60 });
    fc.assert(fc.property(points, fc.constantFrom("sft", "dpo", "rft"), fc.constantFrom("running", "succeeded", "failed"), (measured, method, status) => {
      for (const { text, evidence, rule, source } of examine(trainingOf(measured.map((metrics, step) => ({ step, metrics })), { method, status, checkpoints: [checkpoint(1, {}), checkpoint(2, {})] }))) {
        assert.ok(evidence.length > 0 && evidence.every((each) => Number.isFinite(each.value)), text);
        assert.ok(rule.length > 20 && new URL(source.page).protocol === "https:");
        assert.doesNotMatch(text, /NaN|undefined|Infinity/);
      }
    }));
  });
});
