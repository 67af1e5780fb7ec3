import assert from "node:assert/strict";
import fc from "fast-check";
import type { LaunchRequest } from "../../../../src/jobs/provider.ts";
import { openFireworks } from "../../../../src/providers/fireworks/open.ts";
import { toDeployment } from "../../../../src/providers/fireworks/to-deployment.ts";
import { toJob } from "../../../../src/providers/fireworks/to-job.ts";
import { readMetricsFile } from "../../../../src/providers/fireworks/to-metrics.ts";
import { toModel } from "../../../../src/providers/fireworks/to-model.ts";
import { fireworksSizes, toFile } from "../../../../src/providers/fireworks/datasets.ts";
import { startFakeFireworks, type FakeFireworks } from "../../../support/fake-fireworks.ts";
import { loseAnswer, type Values } from "../../../support/fake-server.ts";
import { scratchFolder } from "../../../support/scratch.ts";
import { dataset, live, providerError } from "../contract/stage.ts";

const model = "accounts/fireworks/models/qwen3-8b";
const sizes = { direct: 100_000, most: 10_000_000 };

describe("Fireworks, over a fake built from its SDK's types", () => {
  const scratch = scratchFolder();
  let fake: FakeFireworks;
  const open = (more: { account?: string } = {}) => openFireworks({ id: "fireworks", title: "Fireworks", kind: "fireworks", baseURL: fake.origin, apiKey: fake.key, ...more }, sizes).provider;
  beforeEach(async () => {
    fake = await startFakeFireworks();
  });
  afterEach(() => fake.close());

  const upload = (): Promise<string> => open().uploadFile({ path: scratch.file("train.jsonl", dataset), name: "train.jsonl" }, live());
  const create = async (more: Partial<LaunchRequest> = {}) => open().createJob({ model, trainingFile: await upload(), hyperparameters: {}, metadata: {}, ...more }, live());
  const sent = async (more: Partial<LaunchRequest>): Promise<Values> => {
    await create(more);
    return fake.received.findLast(({ act }) => /^POST .*Jobs$/i.test(act))?.body ?? {};
  };

  describe("creating", () => {
    it("has the hyperparameters of a supervised job at the top", async () => {
      const { dataset: _dataset, ...body } = await sent({ hyperparameters: { epochs: 2, learningRate: 0.0002, loraRank: 16, earlyStop: true }, suffix: "bank", integrations: [{ type: "wandb", project: "p", apiKey: "w" }] });
      assert.deepEqual(body, { baseModel: model, epochs: 2, learningRate: 0.0002, loraRank: 16, earlyStop: true, displayName: "bank", wandbConfig: { enabled: true, apiKey: "w", project: "p" } });
    });

    it("has those of the others in a part of their own, with loss and inference", async () => {
      const { dataset: _one, ...preference } = await sent({ method: "dpo", hyperparameters: { epochs: 2, beta: 0.2, lossMethod: "ORPO" } });
      assert.deepEqual(preference, { trainingConfig: { baseModel: model, epochs: 2 }, lossConfig: { method: "ORPO", dpo: { beta: 0.2 } } });
      const { dataset: _other, ...reinforcement } = await sent({ method: "rft", grader: { evaluator: "accounts/acme/evaluators/same" }, hyperparameters: { learningRate: 0.0001, temperature: 0.7, chunkSize: 100, klBeta: 0.01 } });
      assert.deepEqual(reinforcement, { evaluator: "accounts/acme/evaluators/same", trainingConfig: { baseModel: model, learningRate: 0.0001 }, lossConfig: { klBeta: 0.01 }, inferenceParameters: { temperature: 0.7 }, chunkSize: 100 });
      assert.deepEqual((await open().listJobs(live())).map(({ id, method }) => [id.replace(/\/.*/, ""), method]), [["reinforcementFineTuningJobs", "rft"], ["dpoJobs", "dpo"]]);
    });

    it("goes on from an adapter of the account's own in another way than from a base model", async () => {
      fake.models.push({ name: "accounts/acme/models/tuned", kind: "HF_PEFT_ADDON" }, { name: "accounts/acme/models/imported", kind: "CUSTOM_MODEL" });
      assert.equal((await sent({ model: "accounts/acme/models/tuned" }))["warmStartFrom"], "accounts/acme/models/tuned");
      assert.equal((await sent({ model: "accounts/acme/models/imported" }))["baseModel"], "accounts/acme/models/imported");
    });

    it("refuses what Fireworks has no place for before anything is created", async () => {
      await assert.rejects(create({ method: "rft" }), providerError("invalid", /evaluator of your account/));
      await assert.rejects(create({ method: "dpo", validationFile: "accounts/acme/datasets/v" }), providerError("invalid", /no validation file/));
      assert.equal(fake.times(/^POST .*Jobs$/i), 0);
    });

    it("makes one job of one launch, however often it is asked: the job bears the launch's id", async () => {
      const metadata = { tunesmith_launch: "0190c1a2-0000-4000-8000-000000000003" };
      fake.misbehave("POST /accounts/acme/supervisedFineTuningJobs", loseAnswer);
      await assert.rejects(create({ metadata }), providerError("unreachable"));
      const job = await create({ metadata });
      assert.deepEqual([job.metadata, (await open().listJobs(live())).length], [metadata, 1]);
    });
  });

  describe("datasets", () => {
    it("are sent once: the same bytes are the same dataset, whatever the file is called", async () => {
      const first = await upload();
      assert.equal(await open().uploadFile({ path: scratch.file("other.jsonl", dataset), name: "other.jsonl" }, live()), first);
      assert.equal(fake.times(/:upload$/), 1);
    });

    it("that were cut off are sent into the dataset that is there", async () => {
      fake.misbehave(/:upload$/, loseAnswer);
      await assert.rejects(upload(), providerError("unreachable"));
      for (const each of fake.datasets.values()) Object.assign(each, { text: "", state: "UPLOADING" });
      const id = await upload();
      assert.deepEqual([fake.datasets.size, (await open().listFiles?.(live()))?.map(({ id: own, status, records }) => [own, status, records])], [1, [[id, "ready", 12]]]);
    });

    it("above 150 MB go to a signed address, with what its signature covers and without the key", async () => {
      assert.equal(fireworksSizes.direct, 150 * 1024 * 1024);
      const { path, total } = scratch.large("large.jsonl", 200_000);
      const told: number[] = [];
      const id = await open().uploadFile({ path, name: "large.jsonl", progress: (bytes) => void told.push(bytes) }, live());
      assert.ok(fake.datasets.get(id.replace("accounts/acme/datasets/", ""))?.text.endsWith("the end\n"));
      assert.deepEqual([told.at(-1), fake.times(/:validateUpload$/)], [total, 1]);
      assert.equal(fake.received.find(({ act }) => act.startsWith("PUT /signed/"))?.headers["authorization"], undefined);
    });

    it("that the service does not take are refused in its words", async () => {
      fake.misbehave(/^GET \/accounts\/acme\/datasets\//, () => Response.json({ name: "accounts/acme/datasets/x", state: "UPLOADING", status: { code: "INVALID_ARGUMENT", message: "line 3 has no messages" } }));
      await assert.rejects(upload(), providerError("invalid", /does not take the dataset: line 3 has no messages/));
    });

    it("are removed when their upload is given up", async () => {
      let kept = {};
      await open().uploadFile({ path: scratch.file("train.jsonl", dataset), name: "train.jsonl", keep: (state) => void (kept = state) }, live());
      await open().discardUpload?.(kept, live());
      assert.equal(fake.datasets.size, 0);
    });
  });

  it("works under the account that the endpoint names, and says which there are when it is none", async () => {
    assert.deepEqual(await open().checkAccess?.(live()), { name: "accounts/acme" });
    assert.deepEqual(await open({ account: "other" }).checkAccess?.(live()), { name: "accounts/other", problem: "The credit is used up." });
    await assert.rejects(async () => open({ account: "nobody" }).checkAccess?.(live()), providerError("forbidden", /does not open accounts\/nobody\. It opens accounts\/acme, accounts\/other/));
  });

  it("says of models what the service has checked, and not what their details wish", async () => {
    assert.deepEqual((await open().listModels?.(live()))?.map(({ id, tunable, methods, shutdownDate, contextLength }) => [id.replace(/^.*\//, ""), tunable, methods, shutdownDate, contextLength]), [
      ["qwen3-8b", true, ["sft", "dpo", "rft"], undefined, 32_768],
      ["too-large", false, undefined, "2027-03-01", undefined],
      ["embedding", undefined, undefined, undefined, undefined],
    ]);
  });

  it("shows progress and cost as they stand in the job", async () => {
    const { id } = await create();
    Object.assign(fake.jobs["supervisedFineTuningJobs"]?.[0] ?? {}, { state: "JOB_STATE_RUNNING", jobProgress: { percent: 25, epoch: 0 } });
    const { status, done, cost } = await open().retrieveJob(id, live());
    assert.deepEqual([status, done, cost], ["running", 0.25, { amount: 2.5, currency: "USD" }]);
  });

  it("reads metrics from the file that the job names, or that it is asked for", async () => {
    for (const method of ["sft", "dpo"] as const) {
      const { id } = await create({ method });
      assert.deepEqual(await open().listMetrics?.(id, live()), []);
      fake.finish(id);
      assert.deepEqual(await open().listMetrics?.(id, live()), [{ step: 1, metrics: { train_loss: 0.9, learning_rate: 0.0001 } }, { step: 2, metrics: { train_loss: 0.5, valid_loss: 0.6 } }]);
    }
  });

  it("cancels, resumes and removes a job", async () => {
    const { id } = await create({ method: "dpo" });
    assert.equal((await open().cancelJob?.(id, live()))?.status, "cancelling");
    assert.equal((await open().resumeJob?.(id, live()))?.status, "running");
    await open().deleteJob?.(id, live());
    await open().deleteJob?.(id, live());
    assert.deepEqual(await open().listJobs(live()), []);
  });

  it("deploys a tuned model once, and takes the deployment away", async () => {
    const { id } = await create();
    fake.finish(id);
    const { tunedModel = "" } = await open().retrieveJob(id, live());
    const first = await open().deployModel?.(tunedModel, live());
    assert.deepEqual([first?.model, first?.status, first?.chatModel], [tunedModel, "creating", undefined]);
    assert.equal((await open().deployModel?.(tunedModel, live()))?.id, first?.id);
    Object.assign(fake.deployments[0] ?? {}, { state: "READY" });
    assert.deepEqual((await open().listDeployments?.(live()))?.map(({ status, chatModel }) => [status, chatModel]), [["ready", `${tunedModel}#${first?.id}`]]);
    await open().removeDeployment?.(first?.id ?? "", live());
    assert.deepEqual(await open().listDeployments?.(live()), []);
  });

  it("lets no id reach another path", async () => {
    await assert.rejects(open().retrieveJob("dpoJobs/../../other", live()), providerError("not-found"));
    assert.equal(fake.received.at(-1)?.act, "GET /accounts/acme/dpoJobs/..%2F..%2Fother");
  });
});

describe("what Fireworks answers", () => {
  it("has the states of its SDK, known or not", () => {
    const state = (word: string) => toJob("p", { name: "accounts/a/dpoJobs/b", state: `JOB_STATE_${word}` })?.status;
    assert.deepEqual(["CREATING", "VALIDATING", "PENDING", "RE_QUEUEING", "RUNNING", "WRITING_RESULTS", "IDLE", "PAUSED", "CANCELLING", "COMPLETED", "EARLY_STOPPED", "FAILED", "EXPIRED", "CANCELLED", "DELETING", "ODD"].map(state), [
      "validating", "validating", "queued", "queued", "running", "running", "running", "paused", "cancelling", "succeeded", "succeeded", "failed", "failed", "cancelled", "cancelled", "unknown",
    ]);
  });

  it("is read whatever its members are", () => {
    const names = ["name", "state", "status", "trainingConfig", "lossConfig", "inferenceParameters", "jobProgress", "estimatedCost", "createTime", "kind", "tunable", "deprecationDate", "exampleCount", "step", "baseModel"];
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...names), fc.anything()), fc.constantFrom("dpoJobs", "models", "datasets", "deployments"), (value, kind) => {
      for (const read of [(each: unknown) => toJob("p", each), toModel, toFile, toDeployment]) {
        read(value);
        read({ ...value, name: `accounts/a/${kind}/b` });
      }
    }));
    for (const value of [null, 1, "a", [], {}]) assert.deepEqual([toJob("p", value), toModel(value), toFile(value), toDeployment(value)], [undefined, undefined, undefined, undefined]);
  });

  it("may be metrics in any of the usual shapes, or none at all", () => {
    const expected = [{ step: 1, metrics: { train_loss: 0.5 } }];
    for (const text of ['{"step":1,"loss":0.5}', '[{"global_step":1,"train/loss":0.5}]', '{"step":1,"loss":0.5}\n\nno json\n', "step,loss\n1,0.5\n".replace("loss", "train_loss")]) assert.deepEqual(readMetricsFile(text), expected, text);
    for (const text of ["", "no json", "[1,2]", "null", '{"loss":1}']) assert.deepEqual(readMetricsFile(text), []);
  });
});
