import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mlxLmModel } from "../../../../src/engine/runners/mlx-lm-model.ts";
import { scratchFolder } from "../../../support/scratch.ts";

describe("the model folder that mlx-lm reads", () => {
  const { path } = scratchFolder();
  function modelOf(name: string, configuration: object): string {
    const folder = path(name);
    mkdirSync(folder);
    writeFileSync(join(folder, "config.json"), JSON.stringify(configuration));
    writeFileSync(join(folder, "model.safetensors"), "weights");
    return folder;
  }

  it("is the model's own where mlx-lm finds all of it, and a name of the Hub as it is", async () => {
    const plain = modelOf("plain", { model_type: "llama", rope_theta: 100_000 });
    assert.deepEqual([await mlxLmModel(plain, path("none")), await mlxLmModel("org/name", path("none"))], [plain, "org/name"]);
  });

  it("says the rotary embedding's base where mlx-lm looks, with the same weights, also when it is made again", async function () {
    // Links need a right on Windows that tests have not; mlx-lm is not there either.
    if (process.platform === "win32") return;
    const saved = modelOf("saved", { model_type: "llama", rope_parameters: { rope_theta: 100_000, rope_type: "default" } });
    for (let time = 0; time < 2; time++) assert.equal(await mlxLmModel(saved, path("made")), path("made"));
    assert.deepEqual(JSON.parse(readFileSync(join(path("made"), "config.json"), "utf8")), { model_type: "llama", rope_parameters: { rope_theta: 100_000, rope_type: "default" }, rope_theta: 100_000 });
    assert.deepEqual([readdirSync(path("made")).sort(), readFileSync(join(path("made"), "model.safetensors"), "utf8")], [["config.json", "model.safetensors"], "weights"]);
    const scaled = modelOf("scaled", { rope_parameters: { rope_theta: 5, rope_type: "llama3", factor: 8 } });
    const { rope_scaling: scaling } = JSON.parse(readFileSync(join(await mlxLmModel(scaled, path("made-scaled")), "config.json"), "utf8")) as { rope_scaling: unknown };
    assert.deepEqual(scaling, { rope_type: "llama3", factor: 8 });
  });
});
