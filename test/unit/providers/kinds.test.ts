import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { nameOfTarget, targets } from "../../../src/dataset/targets/index.ts";
import { methodsOf } from "../../../src/jobs/tuning.ts";
import { batchOfferOf, withBatches } from "../../../src/providers/batch-offer.ts";
import { kindOf, openService, serviceKinds } from "../../../src/providers/index.ts";
import { providerError } from "./contract/stage.ts";

describe("the kinds of services", () => {
  it("have their own addresses for themselves, encrypted, and the rest speaks OpenAI's API", () => {
    for (const kind of serviceKinds) {
      const { hostname, protocol } = new URL(kind.baseURL ?? "");
      assert.equal(protocol, "https:");
      assert.deepEqual(serviceKinds.filter((each) => each.owns(hostname)), [kind], kind.id);
      assert.equal(kindOf(kind.baseURL ?? ""), kind);
      assert.match(kind.keyPage, /^https:\/\//);
    }
    for (const url of ["https://a.example/v1", "no url", "https://fireworks.ai.example", "https://api.openai.com.example/v1"]) assert.equal(kindOf(url).id, "openai");
  });

  it("open with the methods that datasets are checked for, each with numbers that have a range", async () => {
    const known = new Set<string>(targets.map(nameOfTarget));
    for (const kind of serviceKinds) {
      const endpoint = { id: "a", title: "A", kind: kind.id, baseURL: kind.baseURL ?? "", apiKey: "key-0123" };
      const { provider, tuning } = await openService(endpoint);
      assert.equal(provider.id, "a");
      const methods = methodsOf(tuning);
      assert.deepEqual(Object.keys(kind.targets(endpoint)).sort(), methods.map(({ method }) => method).sort(), kind.id);
      for (const target of Object.values(kind.targets(endpoint))) assert.ok(known.has(target), target);
      for (const { hyperparameters, choices } of [...methods, ...(tuning.compute ? [{ hyperparameters: tuning.compute.numbers, choices: tuning.compute.choices }] : [])]) {
        for (const { name, minimum, maximum, explanation, usual } of hyperparameters) assert.ok(minimum < maximum && explanation.endsWith(".") && usual !== "", `${kind.id} ${name}`);
        for (const { name, values, explanation } of choices) assert.ok(values.length > 0 && explanation.endsWith("."), `${kind.id} ${name}`);
        const names = [...hyperparameters, ...choices].map(({ name }) => name);
        assert.equal(new Set(names).size, names.length, kind.id);
      }
      for (const { hyperparameters } of tuning.presets) for (const name of Object.keys(hyperparameters)) assert.ok(tuning.hyperparameters.some((each) => each.name === name), `${kind.id} ${name}`);
    }
  });

  it("tell before they are opened whether they answer batches and at what price, as they do when they are open", async () => {
    const offers = await Promise.all(["https://api.openai.com/v1", "https://api.together.ai/v1", "https://a.example/v1", "https://a.openai.azure.com/openai/v1", "https://api.tokenfactory.nebius.com/v1", "https://api.fireworks.ai", "https://huggingface.co"].map(async (baseURL) => {
      const offer = batchOfferOf({ baseURL });
      const { batches } = await openService({ id: "a", title: "A", kind: kindOf(baseURL).id, baseURL, apiKey: "key-0123" });
      assert.equal(batches !== undefined, offer !== undefined, baseURL);
      return offer && [offer.price?.share, offer.price?.models];
    }));
    assert.deepEqual(offers, [[0.5, "all"], [0.5, "some"], [undefined, undefined], undefined, undefined, undefined, undefined]);
    assert.deepEqual([batchOfferOf({}), withBatches({ kind: "together", baseURL: "https://a.example" }).batches], [undefined, true]);
  });

  it("refuse an address that a key must not be sent to, and a kind that there is not", async () => {
    for (const { id: kind } of serviceKinds) await assert.rejects(openService({ id: "a", title: "A", kind, baseURL: "http://a.example/v1", apiKey: "key" }), providerError("invalid", /not encrypted/));
    await assert.rejects(openService({ id: "a", title: "A", kind: "unheard", baseURL: "https://a.example", apiKey: "" }), providerError("invalid", /no such provider\. There are openai, together/));
  });

  it("are those that the setting offers", () => {
    const { contributes } = JSON.parse(readFileSync("package.json", "utf8")) as { contributes: { configuration: { properties: Record<string, { scope: string; additionalProperties: { anyOf: { properties?: { provider: { enum: string[]; enumDescriptions: string[] } } }[] } }> } } };
    const setting = contributes.configuration.properties["tunesmith.endpoints"];
    // A workspace that could name an address could have a key sent there.
    assert.equal(setting?.scope, "machine");
    const offered = setting.additionalProperties.anyOf[1]?.properties?.provider;
    assert.deepEqual([offered?.enum, offered?.enumDescriptions], [serviceKinds.map(({ id }) => id), serviceKinds.map(({ title }) => title)]);
  });
});
