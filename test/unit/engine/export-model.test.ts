import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exportModel } from "../../../src/engine/export-model.ts";
import { scratchFolder } from "../../support/scratch.ts";
import { fakeScripts } from "./fake-python.ts";
import { storedJob } from "./stored-job.ts";

const tuned = "ft:smollm2-135m-instruct:local::0000000a";

describe("exporting a tuned model", () => {
  const { path } = scratchFolder();
  const environment = { ready: () => ({ python: process.execPath, baseModel: path("base") }) };
  let state: string;
  let fake: ReturnType<typeof fakeScripts>;

  before(() => {
    state = path("state");
    for (const folder of ["jobs/a/adapter", "jobs/a/checkpoint-4"]) {
      mkdirSync(join(state, folder), { recursive: true });
      for (const name of ["adapter_config.json", "adapter_model.safetensors", "optimizer.pt"]) writeFileSync(join(state, folder, name), `${folder} ${name}`);
    }
    const checkpoints = [{ id: "ftckpt-1", created_at: 1, step_number: 4, folder: join(state, "jobs/a/checkpoint-4"), model: `${tuned}:ckpt-step-4`, metrics: {} }];
    const job = storedJob({ id: "ftjob-0000000a", status: "succeeded", fine_tuned_model: tuned, adapter: join(state, "jobs/a/adapter"), checkpoints });
    writeFileSync(join(state, "jobs", `${job.id}.job.json`), JSON.stringify(job));
    writeFileSync(join(state, "jobs", "ftjob-cut.job.json"), "{");
    mkdirSync(join(state, "files"), { recursive: true });
    writeFileSync(join(state, "files", "file-1.data.tmp"), "an upload under way");
    fake = fakeScripts("fuse.py", `
      const fs = require("node:fs"), [, , base, adapter, out] = process.argv;
      if (fs.readFileSync(adapter + "/adapter_model.safetensors", "utf8").includes("checkpoint")) { send({ type: "error", message: "The adapter does not fit." }); process.exit(1); }
      fs.writeFileSync(out + "/model.safetensors", base + " with " + adapter);
      process.exit(0);`);
  });
  after(() => fake.remove());

  it("copies the adapter of a model or a checkpoint, and nothing that only a training needs", async () => {
    for (const [model, folder] of [[tuned, "jobs/a/adapter"], [`${tuned}:ckpt-step-4`, "jobs/a/checkpoint-4"]] as const) {
      const to = await exportModel(fake.scripts, { state, model, to: path(`copy of ${folder.slice(7)}`) }, environment);
      assert.deepEqual(readdirSync(to).sort(), ["adapter_config.json", "adapter_model.safetensors"]);
      assert.equal(readFileSync(join(to, "adapter_config.json"), "utf8"), `${folder} adapter_config.json`);
    }
    // An engine at work on the state is not disturbed.
    assert.ok(existsSync(join(state, "files", "file-1.data.tmp")) && existsSync(join(state, "jobs", "ftjob-cut.job.json")));
  });

  it("fuses the adapter into the model, and leaves nothing where that fails", async () => {
    const to = await exportModel(fake.scripts, { state, model: tuned, to: path("fused"), fused: true }, environment);
    assert.equal(readFileSync(join(to, "model.safetensors"), "utf8"), `${path("base")} with ${join(state, "jobs/a/adapter")}`);
    await assert.rejects(exportModel(fake.scripts, { state, model: `${tuned}:ckpt-step-4`, to: path("failed"), fused: true }, environment), { message: "The adapter does not fit." });
    assert.deepEqual([existsSync(path("failed")), existsSync(`${path("failed")}.unfinished`)], [false, false]);
  });

  it("says in words what cannot be exported", async () => {
    const refused = (options: object) => exportModel(fake.scripts, { state, model: tuned, to: path("refused"), ...options }, environment);
    await assert.rejects(refused({ model: "ft:none" }), { message: `There is no tuned model ft:none in ${state}; there are ${tuned}, and their checkpoints.` });
    await assert.rejects(refused({ state: path("nowhere") }), { message: new RegExp("there is none at all\\.$") });
    await assert.rejects(refused({ to: state }), { message: `${state} is there already; name a folder that is not.` });
    await assert.rejects(exportModel(fake.scripts, { state, model: tuned, to: path("not ready"), fused: true }, { ready: () => undefined }), { message: /^Local training is not set up/ });
  });
});
