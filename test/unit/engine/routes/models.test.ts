import assert from "node:assert/strict";
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
    await store.addJob(storedJob({ id: "ftjob-1", status: "succeeded", finished_at: 9, fine_tuned_model: "ft:small:local::1", adapter: "/adapter" }));
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
});
