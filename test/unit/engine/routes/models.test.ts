import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openService } from "../../../../src/providers/index.ts";
import { assertFollowsOpenAi } from "../../../support/openai-specification.ts";
import { scratchFolder } from "../../../support/scratch.ts";
import { openStore } from "../../../../src/engine/store.ts";
import { baseModel, startFakeEngine, type FakeEngine } from "../fake-engine.ts";
import { storedJob } from "../stored-job.ts";

describe("models over HTTP", () => {
  const { path } = scratchFolder();
  let engine: FakeEngine;

  before(async () => {
    const store = openStore(path("state"), assert.fail);
    await store.addJob(storedJob({ id: "ftjob-1", status: "succeeded", finished_at: 9, fine_tuned_model: "ft:small:local::1", adapter: path("adapter") }));
    mkdirSync(path("adapter"));
    for (const name of ["adapter_config.json", "adapter_model.safetensors", "optimizer.pt"]) writeFileSync(join(path("adapter"), name), `what is in ${name}`);
    await store.addJob(storedJob({ id: "ftjob-2", status: "failed" }));
    engine = await startFakeEngine(path("state"));
  });
  after(() => engine.close());

  it("lists the base model and the tuned ones", async () => {
    const { body } = await engine.ask("/models");
    assertFollowsOpenAi("ListModelsResponse", body);
    assert.deepEqual(body.data.map(({ id }: any) => id), [baseModel, "ft:small:local::1"]);
  });

  it("retrieves one, and says that another does not exist", async () => {
    const { body } = await engine.ask("/models/ft:small:local::1");
    assertFollowsOpenAi("Model", body);
    assert.deepEqual([body.id, body.created], ["ft:small:local::1", 9]);
    const none = await engine.ask("/models/owner/none");
    assert.deepEqual([none.status, none.body.error.message], [404, "The model 'owner/none' does not exist"]);
  });

  it("gives the files of a tuned model's adapter, and nothing else that lies there or elsewhere", async () => {
    const { body } = await engine.ask("/models/ft:small:local::1/files");
    assert.deepEqual(body, { object: "list", data: [{ object: "model.file", name: "adapter_config.json", bytes: 30 }, { object: "model.file", name: "adapter_model.safetensors", bytes: 36 }] });
    const at = (name: string) => fetch(`http://127.0.0.1:${engine.port}/v1/models/ft:small:local::1/files/${name}`, { headers: { authorization: "Bearer secret" } });
    assert.equal(await (await at("adapter_config.json")).text(), "what is in adapter_config.json");
    for (const name of ["optimizer.pt", "..%2F..%2Fengine.json", "none"]) assert.equal((await at(name)).status, 404, name);
    assert.match((await engine.ask(`/models/${baseModel}/files`)).body.error.message, /is a base model/);
  });

  it("has them as artifacts of the job, beside its metrics, for whoever opens the local engine", async () => {
    const { provider } = await openService({ id: "local", title: "Local Engine", kind: "openai", dialect: "local-engine", baseURL: `http://127.0.0.1:${engine.port}/v1`, apiKey: "secret" });
    const { signal } = new AbortController();
    const artifacts = (await provider.listArtifacts?.("ftjob-1", signal)) ?? [];
    assert.deepEqual(artifacts.map(({ kind, fileName, bytes }) => [kind, fileName, bytes]), [["adapter", "adapter_config.json", 30], ["adapter", "adapter_model.safetensors", 36]]);
    const pieces: Uint8Array[] = [];
    for await (const piece of (await provider.download?.("ftjob-1", artifacts[1]?.id ?? "", signal))?.content ?? []) pieces.push(piece);
    assert.equal(Buffer.concat(pieces).toString("utf8"), "what is in adapter_model.safetensors");
    assert.deepEqual(await provider.listArtifacts?.("ftjob-2", signal), []);
  });
});
