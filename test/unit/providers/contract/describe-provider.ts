import assert from "node:assert/strict";
import type { Job } from "../../../../src/jobs/job.ts";
import { jobOfLaunch } from "../../../../src/jobs/job-of-launch.ts";
import { ProviderError, type LaunchRequest } from "../../../../src/jobs/provider.ts";
import { scratchFolder } from "../../../support/scratch.ts";
import { dataset, live, providerError, type Stage } from "./stage.ts";

/** What every provider promises, over any fake of its service. */
export function describeProvider(name: string, open: () => Promise<Stage>): void {
  describe(`${name}: the contract of a provider`, () => {
    const scratch = scratchFolder();
    let stage: Stage;
    beforeEach(async () => {
      stage = await open();
    });
    afterEach(() => stage.close());

    const upload = (): Promise<string> => stage.service.provider.uploadFile({ path: scratch.file("train.jsonl", dataset), name: "train.jsonl" }, live());
    const request = (trainingFile: string, more: Partial<LaunchRequest> = {}): LaunchRequest => ({ model: stage.baseModel, trainingFile, hyperparameters: {}, metadata: {}, ...stage.request, ...more });
    const create = async (more: Partial<LaunchRequest> = {}) => stage.service.provider.createJob(request(await upload(), more), live());

    it("has no jobs at first", async () => assert.deepEqual(await stage.service.provider.listJobs(live()), []));

    it("creates a job that says what it was asked for, and finds it again", async () => {
      const file = await upload();
      // The service's own name of the first number that can be chosen: epochs, everywhere.
      const epochs = stage.service.tuning.hyperparameters[0]?.name ?? "";
      const job = await stage.service.provider.createJob(request(file, { suffix: "bank", hyperparameters: { [epochs]: 2 }, metadata: { tunesmith_launch: "0190c1a2-0000-4000-8000-000000000001" } }), live());
      const { provider, baseModel, trainingFile, suffix } = job;
      assert.deepEqual({ provider, baseModel, trainingFile, suffix }, { provider: stage.service.provider.id, baseModel: stage.baseModel, trainingFile: file, suffix: "bank" });
      assert.equal(job.hyperparameters[epochs], 2);
      assert.ok(job.metadata === undefined || job.metadata["tunesmith_launch"] === "0190c1a2-0000-4000-8000-000000000001");
      assert.equal(job.error, undefined);
      // It may have gone on meanwhile.
      const lasting = ({ status: _status, rawStatus: _rawStatus, ...rest }: Job): object => rest;
      assert.deepEqual(lasting(await stage.service.provider.retrieveJob(job.id, live())), lasting(job));
      assert.deepEqual((await stage.service.provider.listJobs(live())).map(lasting), [lasting(job)]);
    });

    it("lists the newest job first", async () => {
      const created = [await create(), await create(), await create()].map(({ id }) => id);
      assert.deepEqual((await stage.service.provider.listJobs(live())).map(({ id }) => id), created.reverse());
    });

    it("shows a job that has succeeded with its model, and the model answers", async () => {
      const { id } = await create();
      await stage.finish(id, "succeeded");
      const job = await stage.service.provider.retrieveJob(id, live());
      assert.equal(job.status, "succeeded");
      assert.ok((job.finishedAt ?? 0) >= job.createdAt);
      const tuned = job.tunedModel ?? "";
      assert.notEqual(tuned, "");
      if (stage.silent) return;
      const { text } = await stage.service.chatModel(tuned).answer([{ role: "user", content: "Hi" }], { temperature: 0, maximumTokens: 8, seed: 1 }, live());
      assert.notEqual(text, "");
      assert.deepEqual((await stage.service.provider.listModels?.(live()))?.find((model) => model.id === tuned) ?? { id: tuned, base: false }, { id: tuned, base: false });
    });

    it("shows why a job has failed", async () => {
      const { id } = await create();
      await stage.finish(id, "failed");
      const job = await stage.service.provider.retrieveJob(id, live());
      assert.equal(job.status, "failed");
      assert.notEqual(job.error?.message ?? "", "");
    });

    it("lists models with the base models first", async () => {
      const models = (await stage.service.provider.listModels?.(live())) ?? [{ id: stage.baseModel, base: true }];
      assert.ok(models.some(({ id, base }) => id === stage.baseModel && base));
      assert.deepEqual(models.map(({ base }) => base), models.map(({ base }) => base).sort((one, other) => Number(other) - Number(one)));
    });

    it("lists events oldest first and checkpoints newest first", async () => {
      const { provider } = stage.service;
      const { id } = await create();
      await stage.finish(id, "succeeded");
      const events = (await provider.listEvents?.(id, live())) ?? [];
      assert.deepEqual(events.map(({ createdAt }) => createdAt), events.map(({ createdAt }) => createdAt).sort((one, other) => one - other));
      if (provider.listEvents) assert.ok(events.length > 0);
      const metrics = (await provider.listMetrics?.(id, live())) ?? [];
      // Every provider shows what it measures, as metrics or in its events.
      assert.ok([...events, ...metrics].some((each) => each.metrics?.["train_loss"] !== undefined));
      assert.deepEqual(metrics.map(({ step }) => step), [...new Set(metrics.map(({ step }) => step))].sort((one, other) => one - other));
      const checkpoints = (await provider.listCheckpoints?.(id, live())) ?? [];
      if (provider.listCheckpoints) assert.ok(checkpoints.length > 0);
      assert.deepEqual(checkpoints.map(({ step }) => step), checkpoints.map(({ step }) => step).sort((one, other) => other - one));
      for (const checkpoint of checkpoints) assert.equal(checkpoint.job, id);
    });

    it("cancels a job", async () => {
      const { id } = await create();
      const cancelled = await stage.service.provider.cancelJob?.(id, live());
      assert.ok(cancelled === undefined || ["cancelled", "cancelling"].includes(cancelled.status));
    });

    it("sends a creation whose answer is lost exactly once, and the job is found again by what went with it", async () => {
      const file = await upload();
      stage.loseNextCreation();
      const launch = { id: "0190c1a2-0000-4000-8000-000000000002", provider: stage.service.provider.id, request: { model: stage.baseModel, suffix: "bank", hyperparameters: {} }, trainingFile: file, changedAt: 0 };
      await assert.rejects(stage.service.provider.createJob(request(file, { suffix: "bank", metadata: { tunesmith_launch: launch.id } }), live()), providerError("unreachable"));
      assert.equal(stage.creations(), 1);
      const jobs = await stage.service.provider.listJobs(live());
      assert.equal(jobs.length, 1);
      assert.equal(jobOfLaunch(launch, jobs, []), jobs[0]);
    });

    it("says what is wrong by a kind", async () => {
      await assert.rejects(stage.stranger.provider.listJobs(live()), providerError("unauthorised"));
      await assert.rejects(stage.service.provider.retrieveJob("none", live()), providerError("not-found"));
      await assert.rejects(stage.service.provider.createJob(request("file-none"), live()), (error) => error instanceof ProviderError && ["invalid", "not-found"].includes(error.kind));
      await assert.rejects(stage.service.provider.uploadFile({ path: scratch.path("none.jsonl"), name: "none.jsonl" }, live()), providerError("invalid", /none\.jsonl: there is no such file/));
    });

    it("stops with the signal's own reason, and sends nothing when it is aborted before", async () => {
      const file = await upload();
      const reason = new Error("enough");
      const aborted = AbortSignal.abort(reason);
      const is = (error: unknown): boolean => error === reason;
      await assert.rejects(stage.service.provider.listJobs(aborted), is);
      await assert.rejects(stage.service.provider.createJob(request(file), aborted), is);
      if (!stage.silent) await assert.rejects(stage.service.chatModel(stage.baseModel).answer([{ role: "user", content: "Hi" }], { temperature: 0, maximumTokens: 8 }, aborted), is);
      assert.equal(stage.creations(), 0);
    });
  });
}
