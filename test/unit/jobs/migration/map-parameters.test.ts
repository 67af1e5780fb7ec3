import assert from "node:assert/strict";
import fc from "fast-check";
import { mapParameters } from "../../../../src/jobs/migration/map-parameters.ts";
import { spellings } from "../../../../src/jobs/migration/spellings.ts";
import { methodsOf, type HyperparameterValue, type MethodTuning, type Tuning } from "../../../../src/jobs/tuning.ts";
import { fireworksTuning } from "../../../../src/providers/fireworks/tuning.ts";
import { huggingFaceTuning } from "../../../../src/providers/huggingface-jobs/tuning.ts";
import { azureTuning, nebiusTuning } from "../../../../src/providers/openai/other-tunings.ts";
import { localEngineTuning, openAiTuning } from "../../../../src/providers/openai/tuning.ts";
import { togetherTuning } from "../../../../src/providers/together/tuning.ts";

const services: Readonly<Record<string, Tuning>> = { openAiTuning, azureTuning, nebiusTuning, localEngineTuning, togetherTuning, fireworksTuning, huggingFaceTuning };
const methodOf = (tuning: Tuning, method: "sft" | "dpo"): MethodTuning => {
  const found = methodsOf(tuning).find((each) => each.method === method);
  assert.ok(found);
  return found;
};
const sft = (tuning: Tuning): MethodTuning => methodOf(tuning, "sft");

describe("hyperparameters at another service", () => {
  it("are called what that service calls them", () => {
    assert.deepEqual(mapParameters({ n_epochs: 3, batch_size: 8, lora_r: 16, weight_decay: 0.01, learning_rate: 0.0002 }, sft(togetherTuning), sft(fireworksTuning)).hyperparameters, { epochs: 3, batchSizeSamples: 8, loraRank: 16, optimizerWeightDecay: 0.01, learningRate: 0.0002 });
    assert.deepEqual(mapParameters({ beta: 0.1, n_epochs: 2 }, methodOf(openAiTuning, "dpo"), methodOf(togetherTuning, "dpo")).hyperparameters, { n_epochs: 2, dpo_beta: 0.1 });
    assert.deepEqual(mapParameters({ training_type: "Lora", train_on_inputs: false }, sft(togetherTuning), sft(huggingFaceTuning)).hyperparameters, { use_peft: true, assistant_only_loss: true });
  });

  it("keep the learning rate as many times the usual one, where one of both services takes multiples", () => {
    const { hyperparameters, kept } = mapParameters({ learning_rate_multiplier: 2 }, sft(openAiTuning), sft(togetherTuning));
    assert.deepEqual(hyperparameters, { learning_rate: 0.00002 });
    assert.deepEqual(kept, ["learning_rate_multiplier 2 → learning_rate 0.00002 (2 times its usual 0.00001)"]);
    assert.deepEqual(mapParameters({ learningRate: 0.0003 }, sft(fireworksTuning), sft(localEngineTuning)).hyperparameters, { learning_rate_multiplier: 3 });
    assert.deepEqual(mapParameters({ learning_rate: 0.0003 }, undefined, sft(openAiTuning)).dropped, ["learning_rate 0.0003: it does not tell what that comes to there"]);
  });

  it("learn from as many records in a step, where batches are gathered here and not there", () => {
    const mapped = mapParameters({ per_device_train_batch_size: 4, gradient_accumulation_steps: 8 }, sft(huggingFaceTuning), sft(openAiTuning));
    assert.deepEqual([mapped.hyperparameters, mapped.dropped], [{ batch_size: 32 }, []]);
    assert.deepEqual(mapParameters({ per_device_train_batch_size: 4, gradient_accumulation_steps: 8 }, sft(huggingFaceTuning), sft(fireworksTuning)).hyperparameters, { batchSizeSamples: 4, gradientAccumulationSteps: 8 });
  });

  it("are told when they are dropped or brought to a bound, and left to the service where they were before", () => {
    const { hyperparameters, kept, dropped } = mapParameters({ n_epochs: 50, lora_layers: 8, batch_size: "auto", max_steps: 10 }, sft(localEngineTuning), sft(togetherTuning));
    assert.deepEqual(hyperparameters, { n_epochs: 20 });
    assert.deepEqual(kept, ["n_epochs 50 → n_epochs 20 (50 is beyond what it takes)"]);
    assert.deepEqual([...dropped].sort(), ["lora_layers 8: no counterpart", "max_steps 10: no counterpart"]);
    assert.deepEqual(mapParameters({ batchSize: 65_536 }, sft(fireworksTuning), sft(openAiTuning)).dropped, ["batchSize 65536: no counterpart"]);
  });

  it("are never lost in silence, and never beyond what the service takes", () => {
    fc.assert(fc.property(pairs(), ({ values, from, to }) => {
      const { hyperparameters, kept, dropped } = mapParameters(values, from, to);
      const gathered = kept.filter((words) => words.includes(" × ")).length;
      assert.equal(kept.length + dropped.length + gathered, Object.values(values).filter((value) => value !== "auto").length);
      for (const [name, value] of Object.entries(hyperparameters)) {
        const number = to.hyperparameters.find((each) => each.name === name);
        const choice = to.choices.find((each) => each.name === name);
        assert.ok(number ? typeof value === "number" && value >= number.minimum && value <= number.maximum && (!number.whole || Number.isInteger(value)) : choice && (choice.open || choice.values.includes(value as string)), `${name} ${String(value)}`);
      }
    }), { numRuns: 500 });
  });

  it("are the same there and back, as far as both services have them", () => {
    fc.assert(fc.property(pairs(), ({ values, from, to }) => {
      const there = mapParameters(values, from, to);
      const back = mapParameters(there.hyperparameters, to, from);
      for (const [name, value] of Object.entries(values)) {
        // What was brought to a bound, gathered or rounded has told so, or is a multiple of what is taken.
        const words = there.kept.find((each) => each.startsWith(`${name} `));
        if (words === undefined || words.includes("beyond") || back.kept.some((each) => each.includes("beyond"))) continue;
        if (["batch", "accumulation"].includes(spellings[name]?.meaning ?? "")) continue;
        if (spellings[name]?.meaning === "context" && Number(value) % 16 !== 0) continue;
        const again = back.hyperparameters[name];
        if (typeof value === "number") assert.ok(typeof again === "number" && Math.abs(again - value) <= Math.abs(value) * 1e-5, `${name} ${value} → ${String(again)}`);
        else assert.equal(again, value, name);
      }
    }), { numRuns: 500 });
  });

  it("stand in a table that names no parameter that no service has, and none for two things at one service", () => {
    const offered = Object.values(services).flatMap((tuning) => methodsOf(tuning).flatMap(({ hyperparameters, choices }) => [...hyperparameters, ...choices].map(({ name }) => name)));
    assert.deepEqual(Object.keys(spellings).filter((name) => !offered.includes(name)), []);
    for (const tuning of Object.values(services)) {
      for (const { hyperparameters, choices } of methodsOf(tuning)) {
        const meanings = [...hyperparameters, ...choices].flatMap(({ name }) => spellings[name]?.meaning ?? []);
        assert.equal(new Set(meanings).size, meanings.length);
      }
    }
  });
});

/** Two services with a method that both have, and values that the first of them takes. */
function pairs() {
  const all = Object.values(services);
  return fc.tuple(fc.constantFrom(...all), fc.constantFrom(...all), fc.constantFrom("sft" as const, "dpo" as const), fc.infiniteStream(fc.nat({ max: 1000 }))).filter(([one, other, method]) => [one, other].every((tuning) => methodsOf(tuning).some((each) => each.method === method))).map(([one, other, method, numbers]) => {
    const from = methodOf(one, method);
    const draw = (): number => numbers.next().value as number;
    const values: Record<string, HyperparameterValue> = {};
    for (const { name, minimum, maximum, whole } of from.hyperparameters) {
      if (draw() % 2 === 0) continue;
      const value = minimum + (draw() / 1000) ** 4 * (maximum - minimum);
      values[name] = draw() % 20 === 0 ? "auto" : whole ? Math.round(value) : Number(value.toPrecision(4)) || minimum;
    }
    for (const { name, values: taken } of from.choices) if (draw() % 2 === 0) values[name] = taken[draw() % taken.length] ?? "auto";
    return { values, from, to: methodOf(other, method) };
  });
}
