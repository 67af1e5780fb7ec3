import assert from "node:assert/strict";
import type { SecretStorage } from "vscode";
import { createCredentials } from "../../../src/editor/credentials.ts";

/** Secret storage that lasts as long as the test. */
function createSecrets() {
  const kept = new Map<string, string>();
  const secrets = { get: async (name: string) => kept.get(name), store: async (name: string, value: string) => void kept.set(name, value), delete: async (name: string) => void kept.delete(name) };
  return { kept, credentials: createCredentials(secrets as unknown as SecretStorage) };
}

const together = { kind: "together", baseURL: "https://api.together.ai/v1" };

describe("API keys", () => {
  it("belong to a provider and an origin: neither another address nor another provider has them", async () => {
    const { credentials } = createSecrets();
    await credentials.store(together, "secret");
    assert.equal(await credentials.find({ ...together, baseURL: "https://api.together.ai/v2/" }), "secret");
    for (const baseURL of ["https://api.together.ai.example/v1", "https://evil.example/v1", "http://api.together.ai/v1", "https://api.together.ai:8443/v1", "https://user@evil.example/api.together.ai"]) assert.equal(await credentials.find({ ...together, baseURL }), undefined, baseURL);
    assert.equal(await credentials.find({ ...together, kind: "openai" }), undefined);
    assert.equal(await credentials.find({ ...together, kind: "fireworks" }), undefined);
  });

  it("are forgotten for their place alone", async () => {
    const { credentials } = createSecrets();
    const openAi = { kind: "openai", baseURL: "https://api.openai.com/v1" };
    await credentials.store(together, "one");
    await credentials.store(openAi, "two");
    await credentials.forget(together);
    assert.deepEqual([await credentials.find(together), await credentials.find(openAi)], [undefined, "two"]);
  });

  it("that were stored when there was one provider are still found", async () => {
    const { kept, credentials } = createSecrets();
    kept.set("key:https://api.openai.com", "old");
    assert.equal(await credentials.find({ kind: "openai", baseURL: "https://api.openai.com/v1" }), "old");
  });

  it("have no place at what is no URL", async () => {
    await assert.rejects(createSecrets().credentials.find({ kind: "openai", baseURL: "api.openai.com" }), /is no URL/);
  });
});
