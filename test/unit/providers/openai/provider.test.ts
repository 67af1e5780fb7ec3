import assert from "node:assert/strict";
import { truncateSync } from "node:fs";
import type { LaunchRequest } from "../../../../src/jobs/provider.ts";
import { methodsOf } from "../../../../src/jobs/tuning.ts";
import { openService, type Service } from "../../../../src/providers/index.ts";
import { answering, cut, refusal, slowAndReordered, startFakeOpenAi, type FakeOpenAi } from "../../../support/fake-openai.ts";
import type { Values } from "../../../support/fake-server.ts";
import { assertFollowsOpenAi } from "../../../support/openai-specification.ts";
import { scratchFolder } from "../../../support/scratch.ts";
import { live, providerError } from "../contract/stage.ts";

const jobs = "GET /fine_tuning/jobs";
const creation = "POST /fine_tuning/jobs";

describe("the provider for OpenAI's API, over a fake built from OpenAI's specification", () => {
  const scratch = scratchFolder();
  let fake: FakeOpenAi;
  let service: Service;
  beforeEach(async () => {
    fake = await startFakeOpenAi();
    service = await openService({ id: "openai", title: "OpenAI", kind: "openai", baseURL: fake.baseURL, apiKey: fake.key });
  });
  afterEach(() => fake.close());

  const upload = (name = "train.jsonl"): Promise<string> => service.provider.uploadFile({ path: scratch.file("data", "{}\n"), name }, live());
  const create = async () => service.provider.createJob({ model: "gpt-4o-mini", trainingFile: await upload(), hyperparameters: {}, metadata: {} }, live());

  describe("reading", () => {
    it("asks again after a rate limit, a fault of the server and a cut connection", async () => {
      const wait = { "retry-after-ms": "1" };
      for (const fault of [refusal(429, "Slow down", null, wait), refusal(500, "Oops", null, wait), cut]) {
        const before = fake.times(jobs);
        fake.misbehave(jobs, fault);
        assert.deepEqual(await service.provider.listJobs(live()), []);
        assert.equal(fake.times(jobs) - before, 2);
      }
    });

    it("does not sit out a long wait, but says how long it is", async () => {
      fake.misbehave(jobs, refusal(429, "Rate limit reached", "rate_limit_exceeded", { "retry-after": "3600" }));
      await assert.rejects(service.provider.listJobs(live()), providerError("rate-limited", /Try again in 60 minutes\. OpenAI says: Rate limit reached$/));
      assert.equal(fake.times(jobs), 1);
    });

    it("stops at once when it is aborted between two attempts", async () => {
      const stop = new AbortController();
      const reason = new Error("enough");
      fake.misbehave(jobs, refusal(503, "Busy", null, { "retry-after": "5" }));
      // A wait that never ends: whoever sits it out is still there when the test's time is up.
      const { setTimeout } = globalThis;
      globalThis.setTimeout = ((act: () => void, milliseconds: number) => (milliseconds === 5000 ? stop.abort(reason) : setTimeout(act, milliseconds))) as typeof setTimeout;
      try {
        await assert.rejects(service.provider.listJobs(stop.signal), (error) => error === reason);
      } finally {
        globalThis.setTimeout = setTimeout;
      }
      assert.equal(fake.times(jobs), 1);
    });

    it("puts pages that come slow and reordered into order, each job once", async () => {
      for (let index = 0; index < 3; index += 1) await create();
      const [template] = fake.jobs;
      for (let index = 0; index < 120; index += 1) fake.jobs.push({ ...template, id: `ftjob-old-${index}`, created_at: 1_700_000_000 - index });
      fake.misbehave(jobs, slowAndReordered, 9);
      const listed = await service.provider.listJobs(live());
      assert.equal(listed.length, 123);
      assert.deepEqual(listed.map(({ createdAt }) => createdAt), listed.map(({ createdAt }) => createdAt).sort((one, other) => other - one));
    });

    it("lists a job once that two pages have", async () => {
      await create();
      await create();
      const [newer, older] = fake.jobs;
      fake.misbehave(jobs, answering({ data: [newer, older], has_more: true }));
      fake.misbehave(jobs, answering({ data: [older, { ...older, id: "ftjob-oldest", created_at: 1 }], has_more: false }));
      assert.deepEqual((await service.provider.listJobs(live())).map(({ id }) => id), [newer?.["id"], older?.["id"], "ftjob-oldest"]);
    });

    it("reads all pages, and no more than it may of a server that never ends", async () => {
      await create();
      const [template] = fake.jobs;
      for (let index = 0; index < 700; index += 1) fake.jobs.push({ ...template, id: `ftjob-old-${index}` });
      assert.equal((await service.provider.listJobs(live())).length, 500);
      assert.deepEqual(fake.received.filter(({ act }) => act === jobs).map(({ query }) => query["limit"]), ["100", "100", "100", "100", "100"]);
    });

    it("ends when a server sends the same page for ever", async () => {
      await create();
      fake.misbehave(jobs, async (_context, regular) => Response.json({ ...(await (await regular()).json()) as object, has_more: true }), 9);
      assert.equal((await service.provider.listJobs(live())).length, 1);
      assert.equal(fake.times(jobs), 2);
    });

    it("shows states and members that it does not know, and passes over what is no job", async () => {
      await create();
      const odd = [{ ...fake.jobs[0], status: "warming_up", error: {}, surprise: { deep: [1] } }, null, "job", { id: 7 }];
      fake.misbehave(jobs, answering({ data: odd, extra: true }));
      const [job, ...others] = await service.provider.listJobs(live());
      assert.deepEqual([job?.status, job?.rawStatus, job?.error, others], ["unknown", "warming_up", undefined, []]);
    });

    it("says so when the answer is no list, instead of showing an empty one", async () => {
      fake.misbehave(jobs, () => new Response("<html>Log in</html>", { headers: { "content-type": "text/html" } }));
      await assert.rejects(service.provider.listJobs(live()), providerError("unexpected", /something else than a list of jobs.*most end in \/v1/));
      fake.misbehave("GET /fine_tuning/jobs/a", () => new Response("<html>", { headers: { "content-type": "application/json" } }));
      await assert.rejects(service.provider.retrieveJob("a", live()), providerError("unexpected", /not JSON/));
    });

    it("reads a whole log of several pages, oldest first", async () => {
      const { id } = await create();
      const event = fake.events.get(id)?.[0];
      fake.events.set(id, Array.from({ length: 250 }, (_, index) => ({ ...event, id: `ft-event-${index}`, created_at: 1_800_000_000 - Math.floor(index / 2), message: `${index}` })));
      const events = (await service.provider.listEvents?.(id, live())) ?? [];
      assert.deepEqual(events.map(({ message }) => message), Array.from({ length: 250 }, (_, index) => `${249 - index}`));
    });

    it("lets no id reach another path", async () => {
      await assert.rejects(service.provider.retrieveJob("../../files", live()), providerError("not-found"));
      assert.equal(fake.received.at(-1)?.act, "GET /fine_tuning/jobs/..%2F..%2Ffiles");
    });
  });

  describe("creating", () => {
    it("sends the hyperparameters as they are given, and nothing that is not", async () => {
      const trainingFile = await upload();
      const hyperparameters = { max_steps: 5, lora_rank: 8, lora_layers: 2 };
      await service.provider.createJob({ model: "gpt-4o-mini", trainingFile, hyperparameters, metadata: {} }, live());
      assert.deepEqual(fake.received.at(-1)?.body, { model: "gpt-4o-mini", training_file: trainingFile, method: { type: "supervised", supervised: { hyperparameters } } });
      await service.provider.createJob({ model: "gpt-4o-mini", trainingFile, hyperparameters: {}, metadata: {} }, live());
      assert.deepEqual(fake.received.at(-1)?.body, { model: "gpt-4o-mini", training_file: trainingFile });
    });

    for (const [what, fault, kind] of [
      ["cut", cut, "unreachable"],
      ["met by a fault of the server", refusal(503, "Busy", null, { "retry-after-ms": "1" }), "unexpected"],
    ] as const) {
      it(`sends a creation that is ${what} exactly once`, async () => {
        const trainingFile = await upload();
        fake.misbehave(creation, fault);
        await assert.rejects(service.provider.createJob({ model: "gpt-4o-mini", trainingFile, hyperparameters: {}, metadata: {} }, live()), providerError(kind, /./));
        assert.equal(fake.times(creation), 1);
      });
    }

    it("sends a creation that is limited exactly once", async () => {
      const trainingFile = await upload();
      fake.misbehave(creation, refusal(429, "Slow down", null, { "retry-after-ms": "1" }));
      await assert.rejects(service.provider.createJob({ model: "gpt-4o-mini", trainingFile, hyperparameters: {}, metadata: {} }, live()), providerError("rate-limited"));
      assert.equal(fake.times(creation), 1);
    });

    it("explains that OpenAI lets no more jobs be created", async () => {
      const trainingFile = await upload();
      const words = "OpenAI is winding down the fine-tuning platform and your organization is no longer able to create new fine-tuning training jobs.";
      fake.misbehave(creation, refusal(403, words, "training_not_available"));
      await assert.rejects(
        service.provider.createJob({ model: "gpt-4o-mini", trainingFile, hyperparameters: {}, metadata: {} }, live()),
        providerError("training-not-available", /2026-05-07.*2026-07-02.*2027-01-06.*nothing is charged.*stays in your account.*go on answering.*local engine\. OpenAI says: OpenAI is winding down/),
      );
    });
  });

  describe("methods", () => {
    const request = async (more: Partial<LaunchRequest>): Promise<Values> => {
      await service.provider.createJob({ model: "o4-mini-2025-04-16", trainingFile: await upload(), hyperparameters: {}, metadata: {}, ...more }, live());
      return fake.received.at(-1)?.body ?? {};
    };

    it("asks for preferences with their strength", async () => {
      assert.deepEqual((await request({ method: "dpo", hyperparameters: { n_epochs: 2, beta: 0.2 } }))["method"], { type: "dpo", dpo: { hyperparameters: { n_epochs: 2, beta: 0.2 } } });
      assert.deepEqual((await request({ method: "dpo" }))["method"], { type: "dpo", dpo: {} });
    });

    it("asks for reinforcement with its grader and the hyperparameters that it alone has", async () => {
      const grader = { type: "string_check", name: "same", input: "{{sample.output_text}}", reference: "{{item.answer}}", operation: "eq" } as const;
      const hyperparameters = { reasoning_effort: "medium", compute_multiplier: 0.5, eval_interval: 5, eval_samples: 2 };
      assert.deepEqual((await request({ method: "rft", grader, hyperparameters }))["method"], { type: "reinforcement", reinforcement: { grader, hyperparameters } });
      const [job] = await service.provider.listJobs(live());
      assert.equal(job?.method, "rft");
    });

    it("names a board at Weights & Biases, and sends no key of it", async () => {
      const body = await request({ integrations: [{ type: "wandb", project: "bank", entity: "acme", tags: ["a"], apiKey: "wandb-secret" }] });
      assert.deepEqual(body["integrations"], [{ type: "wandb", wandb: { project: "bank", entity: "acme", tags: ["a"] } }]);
    });

    it("offers what the specification bounds", () => {
      const [sft, dpo, rft] = methodsOf(service.tuning);
      assert.deepEqual([sft?.method, dpo?.method, rft?.method], ["sft", "dpo", "rft"]);
      assert.deepEqual(dpo?.hyperparameters.map(({ name }) => name), ["n_epochs", "batch_size", "learning_rate_multiplier", "beta"]);
      assert.equal(rft?.needsValidation, true);
      assert.ok(rft?.grader);
      // Each bound is one that the specification takes, and what lies behind it is not.
      for (const [method, wire] of [[sft, "supervised"], [dpo, "dpo"], [rft, "reinforcement"]] as const) {
        for (const { name, minimum, maximum, whole } of method?.hyperparameters ?? []) {
          const body = (value: number) => ({ model: "m", training_file: "f", method: { type: wire, [wire]: { hyperparameters: { [name]: value }, ...(wire === "reinforcement" ? { grader: { type: "string_check", name: "n", input: "i", reference: "r", operation: "eq" } } : {}) } } });
          assertFollowsOpenAi("CreateFineTuningJobRequest", body(minimum));
          assertFollowsOpenAi("CreateFineTuningJobRequest", body(maximum));
          if (whole && minimum === 1) assert.throws(() => assertFollowsOpenAi("CreateFineTuningJobRequest", body(0)), name);
        }
      }
    });
  });

  describe("pausing", () => {
    it("shows the state that the specification's own example has and its list lacks, and goes on", async () => {
      const { id } = await create();
      assert.equal((await service.provider.pauseJob?.(id, live()))?.status, "paused");
      assert.equal((await service.provider.resumeJob?.(id, live()))?.status, "running");
    });
  });

  describe("metrics", () => {
    it("are those of the events, and in the end those of the result file too", async () => {
      const { id } = await create();
      fake.finish(id);
      assert.deepEqual((await service.provider.listMetrics?.(id, live()))?.map(({ step, metrics }) => [step, metrics]), [
        [1, { train_loss: 0.1, train_mean_token_accuracy: 0.5 }],
        [2, { train_loss: 0.2, train_mean_token_accuracy: 0.6, valid_loss: 0.3, valid_mean_token_accuracy: 0.7 }],
      ]);
    });

    it("are those of the events where the result file is gone or is no table", async () => {
      const { id } = await create();
      fake.finish(id);
      for (const fault of [refusal(404, "No such File"), answering({ no: "table" })]) {
        fake.misbehave(/^GET \/files\/.*content$/, fault);
        assert.deepEqual((await service.provider.listMetrics?.(id, live()))?.map(({ metrics }) => metrics), [{ train_loss: 0.1 }, { train_loss: 0.2 }]);
      }
    });
  });

  describe("models", () => {
    it("tell the day on which they end", async () => {
      fake.misbehave("GET /models", answering({ data: [{ id: "gpt-4o-mini-2024-07-18", shutdown_date: "2027-01-14" }, { id: "a", shutdown_date: null }, { id: "ft:a", shutdown_date: 7 }] }));
      assert.deepEqual(await service.provider.listModels?.(live()), [{ id: "gpt-4o-mini-2024-07-18", base: true, shutdownDate: "2027-01-14" }, { id: "a", base: true }, { id: "ft:a", base: false }]);
    });
  });

  describe("uploading", () => {
    it("sends the file as it is, for tuning, under a name that OpenAI takes", async () => {
      await service.provider.uploadFile({ path: scratch.file("ünï.ndjson", '{"a":"ä\u2028"}\n'), name: "ünï.ndjson" }, live());
      assert.deepEqual([...fake.files.values()], [{ name: "ünï.jsonl", text: '{"a":"ä\u2028"}\n', purpose: "fine-tune" }]);
    });

    it("sends a file whose upload is cut exactly once", async () => {
      fake.misbehave("POST /files", cut);
      await assert.rejects(upload(), providerError("unreachable"));
      assert.equal(fake.times("POST /files"), 1);
    });

    it("refuses what it cannot send before anything leaves, and names the path", async () => {
      const large = scratch.file("large.jsonl", "");
      truncateSync(large, 8 * 1024 ** 3 + 1);
      const send = (path: string): Promise<string> => service.provider.uploadFile({ path, name: "a.jsonl" }, live());
      await assert.rejects(send(large), providerError("invalid", /large\.jsonl: it has 8193 MB, and a file may have 8192 MB/));
      await assert.rejects(send(scratch.path(".")), providerError("invalid", /it is a directory; a file is expected/));
      await assert.rejects(send(`${large}/inner.jsonl`), providerError("invalid", /inner\.jsonl: a part of its path is a file/));
      assert.equal(fake.received.length, 0);
    });
  });
});
