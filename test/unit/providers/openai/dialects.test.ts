import assert from "node:assert/strict";
import { methodsOf } from "../../../../src/jobs/tuning.ts";
import { dialectOf } from "../../../../src/providers/openai/dialects.ts";
import { openService } from "../../../../src/providers/index.ts";
import { answering, startFakeOpenAi } from "../../../support/fake-openai.ts";
import { scratchFolder } from "../../../support/scratch.ts";
import { dataset, live } from "../contract/stage.ts";

const of = (baseURL: string, dialect?: string) => dialectOf({ baseURL, ...(dialect === undefined ? {} : { dialect }) });

describe("what services do otherwise than OpenAI, though they speak its API", () => {
  const scratch = scratchFolder();

  it("is told by their host, or by what is said of them", () => {
    const azure = of("https://acme.openai.azure.com/openai/v1");
    assert.equal(azure.authorization, "api-key");
    for (const url of ["https://acme.cognitiveservices.azure.com/openai/v1", "https://acme.services.ai.azure.com/openai/v1"]) assert.equal(of(url), azure);
    assert.equal(of("https://gateway.example/v1", "azure-openai"), azure);
    assert.equal(of("https://openai.azure.com.example/v1").authorization, "bearer");
    const nebius = of("https://api.tokenfactory.nebius.com/v1");
    assert.deepEqual([nebius.authorization, nebius.lacks.includes("pauseJob")], ["bearer", true]);
    assert.equal(of("https://api.studio.nebius.ai/v1"), nebius);
  });

  it("is, at Azure, the header of the key, where it trains, and what its models say of themselves", async () => {
    // The fake knows OpenAI's header alone, so a gateway stands before it.
    const fake = await startFakeOpenAi();
    const seen: string[] = [];
    const { fetch } = globalThis;
    globalThis.fetch = (input, init) => {
      const headers = new Headers(init?.headers);
      seen.push(`${headers.get("api-key")} ${headers.get("authorization")}`);
      headers.set("authorization", `Bearer ${headers.get("api-key")}`);
      return fetch(input, { ...init, headers });
    };
    try {
      const { provider, tuning } = await openService({ id: "a", title: "Azure", kind: "openai", dialect: "azure-openai", baseURL: fake.baseURL, apiKey: fake.key });
      const trainingFile = await provider.uploadFile({ path: scratch.file("train.jsonl", dataset), name: "train.jsonl" }, live());
      await provider.createJob({ model: "gpt-4.1-mini", trainingFile, hyperparameters: {}, compute: { trainingType: "globalStandard" }, metadata: {} }, live());
      assert.deepEqual(fake.received.at(-1)?.body, { model: "gpt-4.1-mini", training_file: trainingFile, trainingType: "globalStandard" });
      assert.deepEqual([...new Set(seen)], [`${fake.key} null`]);
      assert.deepEqual([tuning.longestSuffix, tuning.compute?.choices[0]?.name], [40, "trainingType"]);
      fake.misbehave("GET /models", answering({ data: [
        { id: "gpt-4.1-mini-2025-04-14", capabilities: { fine_tune: true }, deprecation: { inference: 1_799_884_800 } }, { id: "text-embedding-3-small", capabilities: { fine_tune: false } }, { id: "gpt-4.1-2025-04-14.ft-0e1f2a3b4c5d" },
      ] }));
      assert.deepEqual(await provider.listModels?.(live()), [
        { id: "gpt-4.1-mini-2025-04-14", base: true, tunable: true, shutdownDate: "2027-01-14" }, { id: "text-embedding-3-small", base: true, tunable: false }, { id: "gpt-4.1-2025-04-14.ft-0e1f2a3b4c5d", base: false },
      ]);
    } finally {
      globalThis.fetch = fetch;
      await fake.close();
    }
  });

  it("is, at Nebius, a learning rate that is no multiplier, settings of the adapter, and no pause", async () => {
    const { provider, tuning } = await openService({ id: "n", title: "Nebius", kind: "openai", baseURL: "https://api.tokenfactory.nebius.com/v1", apiKey: "key" });
    const [sft, ...others] = methodsOf(tuning);
    assert.deepEqual(others, []);
    assert.ok(["learning_rate", "lora_r"].every((name) => sft?.hyperparameters.some((each) => each.name === name)) && !sft?.hyperparameters.some(({ name }) => name === "learning_rate_multiplier"));
    assert.deepEqual([provider.pauseJob, typeof provider.cancelJob], [undefined, "function"]);
  });
});
