import assert from "node:assert/strict";
import { plannedSteps, refuseValue } from "../../../src/jobs/tuning.ts";
import { localEngineTuning, openAiTuning } from "../../../src/providers/openai/tuning.ts";

describe("hyperparameters", () => {
  const [epochs, , rate] = openAiTuning.hyperparameters;

  it("are refused with their bounds and what was found, and empty ones are left to the service", () => {
    assert.ok(epochs && rate);
    assert.equal(refuseValue(epochs, "3"), undefined);
    assert.equal(refuseValue(epochs, " "), undefined);
    for (const text of ["0", "51", "1.5", "many", "NaN", "Infinity"]) assert.equal(refuseValue(epochs, text), `Epochs is a whole number from 1 to 50; "${text}" is not.`);
    assert.equal(refuseValue(rate, "0.5"), undefined);
  });

  it("tell the steps where the service leaves nothing to choose", () => {
    assert.equal(plannedSteps(10, { n_epochs: 2, batch_size: 4 }), 6);
    assert.equal(plannedSteps(10, { max_steps: 7, n_epochs: 2 }), 7);
    assert.equal(plannedSteps(10, { n_epochs: 2 }), undefined);
  });

  it("have presets whose values are within their bounds", () => {
    for (const { hyperparameters, presets } of [openAiTuning, localEngineTuning]) {
      for (const preset of presets) {
        for (const [name, value] of Object.entries(preset.hyperparameters)) {
          const known = hyperparameters.find((each) => each.name === name);
          assert.ok(known, `${preset.id}: ${name}`);
          assert.equal(refuseValue(known, String(value)), undefined);
        }
      }
    }
  });
});

describe("OpenAI's models", () => {
  it("are offered when their snapshots can be tuned", () => {
    const tunable = ["gpt-4o-2024-08-06", "gpt-4o-mini-2024-07-18", "gpt-4.1-2025-04-14", "gpt-4.1-mini-2025-04-14"];
    const others = ["gpt-4o", "gpt-4o-realtime-preview-2025-06-03", "text-embedding-3-small", "gpt-5-2025-08-07"];
    assert.deepEqual([...tunable, ...others].filter((model) => openAiTuning.isTunable?.(model)), tunable);
  });
});
