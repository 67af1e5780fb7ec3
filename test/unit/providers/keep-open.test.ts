import assert from "node:assert/strict";
import { keepOpen } from "../../../src/providers/keep-open.ts";
import { startFakeFireworks } from "../../support/fake-fireworks.ts";
import { startFakeHuggingFace } from "../../support/fake-hugging-face.ts";
import { live, providerError } from "./contract/stage.ts";

describe("services that are kept open", () => {
  const endpoint = { id: "a", title: "A", kind: "together", baseURL: "https://api.together.ai/v1", apiKey: "one" };

  it("are the same while address and key are, and others when one of them changes", async () => {
    const open = keepOpen();
    const first = await open(endpoint);
    assert.equal(await open({ ...endpoint }), first);
    for (const change of [{ apiKey: "two" }, { baseURL: "https://api.together.xyz/v1" }, { kind: "openai" }, { account: "acme" }, { title: "B" }, { dialect: "nebius" }]) assert.notEqual(await open({ ...endpoint, ...change }), first);
    assert.notEqual(await open({ ...endpoint, id: "b" }), await open(endpoint));
  });

  it("that could not be opened are tried again when they are asked for otherwise", async () => {
    const open = keepOpen();
    await assert.rejects(open({ ...endpoint, apiKey: "with blank" }), providerError("invalid"));
    assert.ok(await open(endpoint));
  });

  it("ask once whose key it is and what machines cost, however often jobs are listed", async () => {
    const [fireworks, hub] = [await startFakeFireworks(), await startFakeHuggingFace()];
    try {
      const open = keepOpen();
      for (let lists = 0; lists < 6; lists += 1) {
        await (await open({ id: "f", title: "F", kind: "fireworks", baseURL: fireworks.origin, apiKey: fireworks.key })).provider.listJobs(live());
        await (await open({ id: "h", title: "H", kind: "huggingface-jobs", baseURL: hub.origin, apiKey: hub.key })).provider.listJobs(live());
      }
      // One request a list, and what is asked once: the account and two quiet collections; the user and the machines.
      assert.deepEqual([fireworks.received.length, hub.received.length], [6 + 3, 6 + 2]);
    } finally {
      await fireworks.close();
      await hub.close();
    }
  });
});
