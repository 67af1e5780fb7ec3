import assert from "node:assert/strict";
import { scratchFolder } from "../../../support/scratch.ts";
import { baseModel, startFakeEngine, type FakeEngine } from "../fake-engine.ts";

describe("clusters over HTTP", () => {
  const { path } = scratchFolder();
  let engine: FakeEngine;
  let file: string;

  before(async () => {
    engine = await startFakeEngine(path("state"));
    file = await engine.upload("{}\n");
  });
  after(() => engine.close());

  const tell = (clusters: unknown, headers: Record<string, string> = {}): Promise<Response> => fetch(`http://127.0.0.1:${engine.port}/v1/clusters`, { method: "PUT", body: JSON.stringify({ clusters }), headers: { authorization: "Bearer secret", ...headers } });
  const create = (part: object) => engine.ask("/fine_tuning/jobs", { method: "POST", body: JSON.stringify({ model: baseModel, training_file: file, ...part }) });

  it("are known by name only, and to none but those who have the engine's token", async () => {
    assert.deepEqual([(await create({ cluster: "lab" })).status, (await create({ cluster: "lab" })).body.error.message], [400, 'There is no cluster "lab" in your settings; they name none.']);
    assert.equal((await tell([{ name: "lab", address: "http://127.0.0.1:9" }], { authorization: "Bearer wrong" })).status, 401);
    assert.equal((await tell([{ name: "lab", address: "http://127.0.0.1:9" }, { name: "hall", address: "http://127.0.0.1:9" }])).status, 204);
    const { body } = await create({ cluster: "http://evil.example:8265" });
    assert.equal(body.error.message, 'There is no cluster "http://evil.example:8265" in your settings; there are "lab", "hall".');
  });

  it("are refused with what is wrong", async () => {
    assert.equal((await tell([{ name: "lab", address: "file:///etc/passwd" }])).status, 400);
    assert.equal((await tell([{ name: "lab", address: "http://far.example:8265", token: "t" }])).status, 400);
  });

  it("have a job under their name, with what it asks for; their address and token are not shown", async () => {
    await tell([{ name: "lab", address: "http://127.0.0.1:9", token: "very secret", python: "/p" }]);
    const { status, body } = await create({ cluster: "lab", cpus: 2, gpus: 1 });
    assert.deepEqual([status, body.compute], [200, { cluster: "lab", cpus: 2, gpus: 1 }]);
    assert.ok(!JSON.stringify(body).includes("127.0.0.1:9"));
    assert.ok(!JSON.stringify(engine.store.jobs()).includes("very secret"));
    assert.equal((await engine.ask(`/fine_tuning/jobs/${body.id}/cancel`, { method: "POST" })).status, 200);
  });

  it("have graphics cards and nodes that share a batch", async () => {
    await tell([{ name: "lab", address: "http://127.0.0.1:9" }]);
    assert.equal((await create({ cluster: "lab", gpus: 3 })).body.error.message, "The batch size is 4; 3 graphics cards share it, so it has to be a multiple of 3.");
    assert.equal((await create({ cluster: "lab", nodes: 3 })).body.error.message, "The batch size is 4; 3 nodes share it, so it has to be a multiple of 3.");
    assert.equal((await create({ cluster: "lab", gpus: 4, nodes: 2 })).body.error.message, "The batch size is 4; 8 graphics cards share it, so it has to be a multiple of 8.");
    assert.deepEqual((await create({ cluster: "lab", nodes: 2 })).body.compute, { cluster: "lab", nodes: 2 });
  });

  it("are what resources are for", async () => {
    const { status, body } = await create({ gpus: 1 });
    assert.deepEqual([status, body.error.param], [400, "gpus"]);
  });
});
