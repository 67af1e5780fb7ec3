import assert from "node:assert/strict";
import { askService } from "../../../src/launch/ask-service.ts";
import { openService } from "../../../src/providers/index.ts";
import { startFakeTogether, type FakeTogether } from "../../support/fake-together.ts";
import { scratchFolder } from "../../support/scratch.ts";
import { memoryUploads } from "../jobs/memory-uploads.ts";

const never = new AbortController().signal;

/** Over a fake of Together's specification. */
describe("asking a provider for the price", () => {
  const scratch = scratchFolder();
  let fake: FakeTogether;
  beforeEach(async () => {
    fake = await startFakeTogether();
  });
  afterEach(() => fake.close());

  it("is done for bytes that it has already, and sends none for that", async () => {
    const open = () => openService({ id: "Together", title: "Together", kind: "together", baseURL: fake.baseURL, apiKey: fake.key });
    const dataset = { path: scratch.file("train.jsonl", '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}\n'), sha256: "a".repeat(64), records: 1 };
    const uploads = memoryUploads();
    const ask = () => askService({ id: "Together", title: "Together" }, { model: "Qwen/Qwen3-8B", hyperparameters: { n_epochs: 1 }, dataset }, { services: { known: async () => [], open }, uploads }, never);
    const before = await ask();
    assert.deepEqual([before.price, fake.times("POST /fine-tunes/estimate-price"), fake.times("POST /files")], [undefined, 0, 0]);
    const file = await (await open()).provider.uploadFile({ path: dataset.path, name: "train.jsonl" }, never);
    await uploads.save({ provider: "Together", ...dataset, changedAt: 1, file });
    const { price, checks } = await ask();
    assert.deepEqual(checks.map(({ outcome }) => outcome), ["passed"]);
    assert.equal(fake.times("POST /fine-tunes/estimate-price"), 1);
    assert.ok(price?.price && price.trainTokens !== undefined && price.allowed);
  });
});
