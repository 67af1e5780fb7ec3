import assert from "node:assert/strict";
import fc from "fast-check";
import type { LaunchRequest } from "../../../../src/jobs/provider.ts";
import { methodsOf } from "../../../../src/jobs/tuning.ts";
import { openService, type Service } from "../../../../src/providers/index.ts";
import { toEvent } from "../../../../src/providers/together/to-event.ts";
import { toJob } from "../../../../src/providers/together/to-job.ts";
import { toMetrics } from "../../../../src/providers/together/to-metrics.ts";
import { togetherSizes } from "../../../../src/providers/together/uploads.ts";
import { redirecting, type Values } from "../../../support/fake-server.ts";
import { startFakeTogether, type FakeTogether } from "../../../support/fake-together.ts";
import { scratchFolder } from "../../../support/scratch.ts";
import { dataset, live, providerError } from "../contract/stage.ts";

const model = "Qwen/Qwen3-8B";

describe("Together, over a fake built from Together's specification", () => {
  const scratch = scratchFolder();
  let fake: FakeTogether;
  let service: Service;
  beforeEach(async () => {
    fake = await startFakeTogether();
    service = await openService({ id: "together", title: "Together", kind: "together", baseURL: fake.baseURL, apiKey: fake.key });
  });
  afterEach(() => fake.close());

  const upload = (): Promise<string> => service.provider.uploadFile({ path: scratch.file("train.jsonl", dataset), name: "train.jsonl" }, live());
  const request = async (more: Partial<LaunchRequest>): Promise<Values> => {
    await service.provider.createJob({ model, trainingFile: await upload(), hyperparameters: {}, metadata: {}, ...more }, live());
    return fake.received.findLast(({ act }) => act === "POST /fine-tunes")?.body ?? {};
  };

  describe("creating", () => {
    it("sends nothing that was not chosen, but for what the specification demands of a method", async () => {
      const { training_file: _file, ...body } = await request({});
      assert.deepEqual(body, { model, training_method: { method: "sft", train_on_inputs: "auto" } });
    });

    it("puts each hyperparameter where it belongs", async () => {
      const hyperparameters = { n_epochs: 3, batch_size: 16, learning_rate: 0.0002, packing: false, train_on_inputs: false, lora_r: 16, lora_dropout: 0.1, lora_trainable_modules: "q_proj,v_proj", lr_scheduler_type: "cosine", num_cycles: 1, train_vision: true };
      const { training_file: _file, ...body } = await request({ hyperparameters, suffix: "bank", seed: 7 });
      assert.deepEqual(body, {
        model, n_epochs: 3, batch_size: 16, learning_rate: 0.0002, packing: false, suffix: "bank", random_seed: 7,
        training_method: { method: "sft", train_on_inputs: false },
        training_type: { type: "Lora", lora_r: 16, lora_alpha: 32, lora_dropout: 0.1, lora_trainable_modules: "q_proj,v_proj" },
        lr_scheduler: { lr_scheduler_type: "cosine", lr_scheduler_args: { min_lr_ratio: 0, num_cycles: 1 } },
        multimodal_params: { train_vision: true },
      });
      const [job] = await service.provider.listJobs(live());
      assert.deepEqual([job?.hyperparameters["lora_r"], job?.hyperparameters["training_type"], job?.hyperparameters["num_cycles"], job?.seed], [16, "Lora", 1, 7]);
    });

    it("asks for preferences, for all weights, and to go on from a checkpoint", async () => {
      const body = await request({ method: "dpo", hyperparameters: { dpo_beta: 0.2, simpo_gamma: 1, training_type: "Full", lr_scheduler_type: "linear", min_lr_ratio: 0.1 } });
      assert.deepEqual([body["training_method"], body["training_type"], body["lr_scheduler"]], [{ method: "dpo", dpo_beta: 0.2, simpo_gamma: 1 }, { type: "Full" }, { lr_scheduler_type: "linear", lr_scheduler_args: { min_lr_ratio: 0.1 } }]);
      const further = await request({ model: "ft-00000001:20" });
      assert.deepEqual([further["from_checkpoint"], further["model"]], ["ft-00000001:20", undefined]);
    });

    it("hands the key of Weights & Biases over and names the board", async () => {
      const { wandb_api_key: secret, wandb_project_name: project, wandb_entity: entity } = await request({ integrations: [{ type: "wandb", project: "bank", entity: "acme", apiKey: "wandb-secret" }] });
      assert.deepEqual([secret, project, entity], ["wandb-secret", "bank", "acme"]);
    });

    it("refuses what Together has no place for before anything leaves", async () => {
      const trainingFile = await upload();
      const create = (more: Partial<LaunchRequest>) => service.provider.createJob({ model, trainingFile, hyperparameters: {}, metadata: {}, ...more }, live());
      await assert.rejects(create({ method: "rft" }), providerError("invalid", /no reinforcement/));
      await assert.rejects(create({ hyperparameters: { lora_dropout: 0.1 } }), providerError("invalid", /Set lora_r too/));
      assert.equal(fake.times("POST /fine-tunes"), 0);
    });
  });

  it("asks what a job would cost, and starts none", async () => {
    const trainingFile = await upload();
    const estimate = await service.provider.estimatePrice?.({ model, trainingFile, hyperparameters: { n_epochs: 2 } }, live());
    assert.deepEqual(estimate, { price: { amount: (dataset.length * 2) / 1000, currency: "USD" }, allowed: true, limit: { amount: 100, currency: "USD" }, trainTokens: dataset.length * 2, validationTokens: 0 });
    assert.equal(fake.times("POST /fine-tunes"), 0);
  });

  it("sends bytes that Together has already no second time", async () => {
    const first = await upload();
    const told: number[] = [];
    assert.equal(await service.provider.uploadFile({ path: scratch.file("again.jsonl", dataset), name: "again.jsonl", progress: (sent) => void told.push(sent) }, live()), first);
    assert.deepEqual([fake.times(/^PUT \/signed\//), told.at(-1)], [1, dataset.length]);
  });

  it("sends no file to an address that is not encrypted", async () => {
    fake.misbehave("POST /files", () => new Response(null, { status: 302, headers: { location: "http://store.example/x?signature=secret", "x-together-file-id": "file-1" } }));
    await assert.rejects(upload(), (error) => providerError("unexpected", /not encrypted \(at store\.example\)/)(error) && !String(error).includes("secret"));
  });

  it("sends parts of 250 MB above 5 GB", () => assert.deepEqual([togetherSizes.direct, togetherSizes.part], [5 * 1024 ** 3, 250 * 1024 ** 2]));

  it("offers each model's own bounds", async () => {
    const tuning = await service.provider.tuningOf?.(model, live());
    const bounds = (method: "sft" | "dpo") => Object.fromEntries(methodsOf(tuning ?? service.tuning).find((each) => each.method === method)?.hyperparameters.map(({ name, minimum, maximum }) => [name, [minimum, maximum]]) ?? []);
    assert.deepEqual([bounds("sft")["n_epochs"], bounds("sft")["batch_size"], bounds("dpo")["batch_size"], bounds("sft")["lora_r"], bounds("sft")["learning_rate"]], [[1, 10], [8, 64], [8, 16], [1, 64], [1e-7, 0.01]]);
    const type = methodsOf(tuning ?? service.tuning)[0]?.choices.find(({ name }) => name === "training_type");
    assert.deepEqual(type?.values, ["Lora"]);
    await assert.rejects(async () => service.provider.tuningOf?.("gpt-4", live()), providerError("not-found", /not available for fine-tuning/));
  });

  it("lists the models that can be tuned", async () => {
    assert.deepEqual(await service.provider.listModels?.(live()), [{ id: "meta-llama/Meta-Llama-3.1-8B-Instruct-Reference", base: true, tunable: true }, { id: model, base: true, tunable: true }]);
  });

  it("tells why a job failed by its events, in the list's own words where the job has none", async () => {
    await request({});
    const id = String(fake.jobs[0]?.["id"]);
    fake.finish(id, "failed");
    assert.deepEqual((await service.provider.retrieveJob(id, live())).error, { code: "job_error", message: "Training data has no valid example" });
    fake.misbehave(`GET /fine-tunes/${id}`, () => Response.json({ ...fake.jobs[0], events: undefined }));
    assert.equal((await service.provider.retrieveJob(id, live())).error?.message, "Training data has no valid example");
  });

  it("shows metrics under the names that all services share", async () => {
    await request({});
    const id = String(fake.jobs[0]?.["id"]);
    fake.finish(id);
    assert.deepEqual(await service.provider.listMetrics?.(id, live()), [
      { step: 1, metrics: { train_loss: 0.1, learning_rate: 0.0001, valid_loss: 0.2 } },
      { step: 2, metrics: { train_loss: 0.2, learning_rate: 0.0001, valid_loss: 0.4 } },
    ]);
    assert.deepEqual((await service.provider.retrieveJob(id, live())).cost, { amount: 1.5, currency: "USD" });
  });

  it("fetches adapter, model and checkpoints, from the API or from the store that it sends on to", async () => {
    await request({});
    const id = String(fake.jobs[0]?.["id"]);
    assert.deepEqual(await service.provider.listArtifacts?.(id, live()), []);
    fake.finish(id);
    assert.deepEqual((await service.provider.listArtifacts?.(id, live()))?.map((each) => each.id), ["adapter", "merged", "step-1", "step-2"]);
    fake.misbehave("GET /finetune/download", redirecting("http://elsewhere.example/weights", 302));
    await assert.rejects(async () => service.provider.download?.(id, "merged", live()), providerError("unexpected", /not encrypted/));
  });

  it("cancels, and removes a job from the list", async () => {
    await request({});
    const id = String(fake.jobs[0]?.["id"]);
    assert.equal((await service.provider.cancelJob?.(id, live()))?.status, "cancelling");
    await service.provider.deleteJob?.(id, live());
    await service.provider.deleteJob?.(id, live());
    assert.deepEqual(await service.provider.listJobs(live()), []);
  });
});

describe("a job of Together's API", () => {
  it("has the state that Together names, known or not", () => {
    const status = (word: string) => toJob("p", { id: "a", status: word }, 0)?.status;
    assert.deepEqual(["pending", "queued", "running", "compressing", "uploading", "cancel_requested", "cancelled", "error", "user_error", "completed", "odd"].map(status), ["queued", "queued", "running", "running", "running", "cancelling", "cancelled", "failed", "failed", "succeeded", "unknown"]);
  });

  it("tells when it will end where Together can, and names no model before there is one", () => {
    const job = toJob("p", { id: "a", status: "running", model_output_name: "acme/x", n_epochs: 4, epochs_completed: 1, progress: { estimate_available: true, seconds_remaining: 60 } }, 1000);
    assert.deepEqual([job?.estimatedFinish, job?.done, job?.tunedModel], [61_000, 0.25, undefined]);
  });

  it("is read whatever its members are, as are events and metrics", () => {
    const names = ["id", "status", "model", "events", "training_method", "training_type", "lr_scheduler", "progress", "total_price", "created_at", "n_epochs", "hash", "step", "message", "metrics"];
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...names), fc.anything()), (value) => {
      const job = toJob("p", value, 0);
      assert.ok(job === undefined || Object.values(job.hyperparameters).every((each) => ["string", "number", "boolean"].includes(typeof each)));
      assert.ok(toEvent(value));
      toMetrics(value);
    }));
    for (const value of [null, 1, "a", [], { id: 7 }]) assert.equal(toJob("p", value, 0), undefined);
  });
});
