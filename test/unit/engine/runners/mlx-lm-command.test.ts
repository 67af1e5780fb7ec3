import assert from "node:assert/strict";
import { mlxLmCommand } from "../../../../src/engine/runners/mlx-lm-command.ts";
import type { TrainingRequest } from "../../../../src/engine/runners/runner.ts";

const request: TrainingRequest = { method: "supervised", model: "/models/small", trainingFile: "/data/train.jsonl", output: "/out", epochs: 3, batchSize: 4, learningRateMultiplier: 2, seed: 11 };
const data = { folder: "/out/data", trainingRecords: 10, validationRecords: 0 };
const places = { config: "/out/mlx-lm.json", adapter: "/out/mlx-lm" };
const optionsOf = (parameters: readonly string[]) => (name: string): string | undefined => (parameters.includes(name) ? parameters[parameters.indexOf(name) + 1] : undefined);

describe("mlxLmCommand", () => {
  it("says everything of a request, with the learning rate that the multiplier means and the adapter's rank in the configuration", () => {
    const { parameters, configuration, totalSteps } = mlxLmCommand({ ...request, loraRank: 4, loraLayers: 6 }, data, places);
    assert.deepEqual(parameters, [
      "mlx_lm", "lora", "--train", "--model", "/models/small", "--data", "/out/data", "--fine-tune-type", "lora", "--mask-prompt", "--iters", "6", "--batch-size", "4", "--num-layers", "6",
      "--learning-rate", "0.0004", "--max-seq-length", "4096", "--seed", "11", "--steps-per-report", "1", "--steps-per-eval", "2", "--val-batches", "-1", "--save-every", "2",
      "--adapter-path", "/out/mlx-lm", "--config", "/out/mlx-lm.json",
    ]);
    assert.deepEqual([configuration, totalSteps], [{ lora_parameters: { rank: 4, dropout: 0, scale: 20 } }, 6]);
  });

  it("trains all layers at rank 8 where nothing was chosen, and ends after so many steps where that was", () => {
    const { parameters, configuration, totalSteps } = mlxLmCommand({ ...request, maxSteps: 5 }, data, places);
    const option = optionsOf(parameters);
    assert.deepEqual([option("--num-layers"), option("--iters"), totalSteps, configuration], ["-1", "5", 5, { lora_parameters: { rank: 8, dropout: 0, scale: 20 } }]);
  });

  it("makes no batch larger than the smaller file, since mlx-lm makes whole batches only", () => {
    for (const [trainingRecords, validationRecords, batch, steps] of [[3, 0, "3", 3], [10, 2, "2", 15], [1, 1, "1", 3]] as const) {
      const { parameters, totalSteps } = mlxLmCommand(request, { folder: "/d", trainingRecords, validationRecords }, places);
      assert.deepEqual([optionsOf(parameters)("--batch-size"), totalSteps], [batch, steps]);
    }
  });

  it("takes up weights for the steps that are left", () => {
    const option = optionsOf(mlxLmCommand(request, data, { ...places, resumeFile: "/out/checkpoint-2/adapters.safetensors", done: 2 }).parameters);
    assert.deepEqual([option("--iters"), option("--resume-adapter-file")], ["4", "/out/checkpoint-2/adapters.safetensors"]);
  });

  it("refuses preferences, and says how they are trained", () => {
    assert.throws(() => mlxLmCommand({ ...request, method: "dpo" }, data, places), { name: "TrainingError", code: "method_not_supported", message: /^mlx-lm trains with the method supervised only, not with dpo\. Start the engine with --runner trl/ });
  });
});
