import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createClusters } from "../../../../../src/engine/executors/clusters.ts";
import type { StoredJob } from "../../../../../src/engine/stored.ts";
import { startFakeRay, type FakeRay, type FakeRayJob } from "../../../../support/fake-ray.ts";
import { cut, loseAnswer, redirecting } from "../../../../support/fake-server.ts";
import { until } from "../../fake-runner.ts";
import { queueFixture, type QueueOptions } from "../../queue-fixture.ts";

const id = "ftjob-a";
const submitted = `tunesmith-${id}`;
const quick = { pending: 5, log: 5, settle: 20, unreachable: [5] };

describe("a job on a cluster, against a fake of Ray's Jobs API that is built from Ray's sources", () => {
  const { at, open, enter, statusOf, onDisk, said } = queueFixture();
  let ray: FakeRay;
  let token: string | undefined;

  beforeEach(async () => {
    token = undefined;
    ray = await startFakeRay();
  });
  afterEach(async () => {
    await at.queue.stop();
    await ray.close();
  });

  const place = (): NonNullable<StoredJob["place"]> => ({ cluster: { name: "lab", address: ray.origin, python: "/opt/it's here/python" }, cpus: 2, gpus: 1, submission: "none" });
  function engine(options: QueueOptions = {}): void {
    const clusters = createClusters();
    clusters.tell([{ name: "lab", address: ray.origin, ...(token === undefined ? {} : { token }) }]);
    open({ ...options, ray: { clusters, pauses: quick } });
  }
  async function start(part: Partial<StoredJob> = {}): Promise<void> {
    await mkdir(join(at.state, "files"), { recursive: true });
    await writeFile(at.store.dataOf("file-1"), '{"messages":[]}\n');
    await enter(id, { place: place(), ...part });
  }
  async function accepted(): Promise<FakeRayJob> {
    await until(() => ray.jobs.has(submitted));
    const job = ray.jobs.get(submitted) as FakeRayJob;
    job.status = "RUNNING";
    return job;
  }
  const step = (number: number, metrics: object = { train_loss: 1 / number }): object => ({ type: "metrics", step: number, total_steps: 8, metrics });
  const stepsTold = (): unknown[] => at.store.events(id).filter(({ type }) => type === "metrics").map(({ data }) => data?.["step"]);
  function files(folder: string, weights = "the weights"): object[] {
    return [["adapter_config.json", "{}"], ["adapter_model.safetensors", weights]].flatMap(([name = "", text = ""]) => {
      const sha256 = createHash("sha256").update(text).digest("hex");
      const halves = [text.slice(0, 1), text.slice(1)];
      return halves.map((half, part) => ({ type: "file", folder, name, bytes: text.length, sha256, part, parts: 2, base64: Buffer.from(half).toString("base64") }));
    });
  }
  const done = { type: "done", adapter: "adapter", trained_tokens: 70 };
  const ended = (): Promise<void> => until(() => ["succeeded", "failed", "cancelled"].includes(statusOf(id) ?? ""));
  const settled = (): Promise<void> => until(() => onDisk(id)?.place?.submission === "settled");

  it("is sent once, runs when the cluster says so, and ends with the adapter on this machine and nothing left on the cluster", async () => {
    engine();
    await start();
    await until(() => ray.jobs.has(submitted));
    await until(() => said(id).includes("The job waits on the cluster lab: Job has not started yet."));
    assert.equal(statusOf(id), "queued");
    const job = await accepted();
    await until(() => statusOf(id) === "running");

    const { submission_id, entrypoint, runtime_env, metadata, entrypoint_num_cpus, entrypoint_num_gpus } = job.submission;
    assert.deepEqual({ submission_id, entrypoint, metadata, entrypoint_num_cpus, entrypoint_num_gpus }, {
      submission_id: submitted, entrypoint: "'/opt/it'\\''s here/python' ray_job.py", metadata: { tunesmith_job: id }, entrypoint_num_cpus: 2, entrypoint_num_gpus: 1,
    });
    const request = JSON.parse(runtime_env.env_vars["TUNESMITH_REQUEST"] ?? "");
    assert.deepEqual([request.model, request.training_file, request.output, request.seed, request.epochs], ["smollm2-135m-instruct", "training.jsonl", "", 1, 3]);
    const [name] = ray.packages.keys();
    assert.equal(runtime_env["working_dir"], `gcs://${name}`);

    job.say({ type: "plan", total_steps: 2 }, step(1), step(2), ...files("checkpoint-2"), { type: "checkpoint", step: 2, folder: "checkpoint-2", metrics: { train_loss: 0.5 } });
    await until(() => at.queue.find(id)?.checkpoints.length === 1);
    assert.deepEqual(readdirSync(at.queue.find(id)?.checkpoints[0]?.folder ?? "").sort(), ["adapter_config.json", "adapter_model.safetensors"]);
    job.print("a library's word\n");
    job.say(...files("adapter"), done);
    job.end("SUCCEEDED", "Job finished successfully.");
    await ended();
    await settled();
    const { status, adapter, trained_tokens, fine_tuned_model } = onDisk(id) as StoredJob;
    assert.deepEqual([status, trained_tokens, fine_tuned_model?.startsWith("ft:smollm2-135m-instruct:local:")], ["succeeded", 70, true]);
    assert.equal(readFileSync(join(adapter ?? "", "adapter_model.safetensors"), "utf8"), "the weights");
    assert.match(readFileSync(join(at.store.folderOf(id), "training.log"), "utf8"), /a library's word/);
    assert.deepEqual(stepsTold(), [1, 2]);
    assert.equal(ray.jobs.size, 0);
    assert.ok(!existsSync(join(at.store.folderOf(id), "package.zip")));
  });

  it("has the further nodes come to where the first one waits, each once, whatever happens to the engine, and leaves none of them behind", async () => {
    engine();
    await start({ place: { ...place(), nodes: 3 } });
    const job = await accepted();
    assert.deepEqual(["TUNESMITH_NODES", "TUNESMITH_NODE", "TUNESMITH_MEETING"].map((name) => job.submission.runtime_env.env_vars[name]), ["3", undefined, undefined]);
    job.say({ type: "meeting", address: "10.0.0.5:29512" });
    const further = [2, 3].map((node) => `${submitted}-node-${node}`);
    await until(() => said(id).includes("3 nodes of the cluster lab train together"));
    assert.deepEqual(further.map((name) => ray.jobs.get(name)?.submission).map((one) => [one?.runtime_env.env_vars["TUNESMITH_NODE"], one?.runtime_env.env_vars["TUNESMITH_MEETING"], one?.["entrypoint_num_gpus"]]), [["1", "10.0.0.5:29512", 1], ["2", "10.0.0.5:29512", 1]]);
    await at.queue.stop();
    engine();
    await at.queue.recover();
    job.say(step(1), ...files("adapter"), done);
    await until(() => stepsTold().length === 1);
    job.end("SUCCEEDED");
    for (const name of further) ray.jobs.get(name)?.end("SUCCEEDED");
    await ended();
    await settled();
    assert.deepEqual([statusOf(id), ray.times("POST /api/jobs/"), ray.jobs.size], ["succeeded", 3, 0]);
  });

  it("fails with the reason when a further node cannot be had", async () => {
    engine();
    await start({ place: { ...place(), nodes: 2 } });
    const job = await accepted();
    await until(() => statusOf(id) === "running");
    ray.misbehave("POST /api/jobs/", () => new Response("no such resource", { status: 400 }));
    job.say({ type: "meeting", address: "10.0.0.5:29512" });
    await ended();
    await settled();
    assert.match(at.queue.find(id)?.error?.message ?? "", /does not take the job: .*no such resource/);
    assert.equal(ray.jobs.size, 0);
  });

  it("is not sent twice when the answer to its sending is lost, nor are files that the cluster has", async () => {
    engine();
    ray.misbehave("POST /api/jobs/", loseAnswer);
    ray.misbehave(/^PUT/, loseAnswer);
    await start();
    const job = await accepted();
    await until(() => onDisk(id)?.place?.submission === "accepted");
    assert.deepEqual([ray.times("POST /api/jobs/"), ray.times(/^PUT/)], [1, 1]);
    job.say(...files("adapter"), done);
    job.end("SUCCEEDED");
    await ended();
    assert.equal(statusOf(id), "succeeded");
  });

  it("waits for a cluster that is away, says so once and when it is back, and has not failed meanwhile", async () => {
    engine();
    await start();
    const job = await accepted();
    await until(() => statusOf(id) === "running");
    job.say(step(1));
    await until(() => stepsTold().length === 1);
    ray.misbehave(/^GET/, cut, 20);
    ray.allowTails(false);
    ray.cutTails();
    await until(() => said(id).some((message) => message.startsWith("The cluster lab is not reachable since ")));
    assert.equal(statusOf(id), "running");
    await until(() => said(id).some((message) => message.startsWith("The cluster lab is reachable again, after ")));
    assert.equal(said(id).filter((message) => message.includes("not reachable")).length, 1);
    job.say(step(2), ...files("adapter"), done);
    job.end("SUCCEEDED");
    await ended();
    assert.deepEqual([statusOf(id), stepsTold()], ["succeeded", [1, 2]]);
  });

  it("is read to the end by the next engine when this one is killed, each step and checkpoint told once", async () => {
    engine();
    await start();
    const job = await accepted();
    job.say(step(1), step(2), ...files("checkpoint-2"), { type: "checkpoint", step: 2, folder: "checkpoint-2", metrics: {} });
    await until(() => onDisk(id)?.checkpoints.length === 1);
    // A killed engine's queue says and writes nothing more; stopped, it leaves the job as it is.
    await at.queue.stop();
    assert.equal(onDisk(id)?.status, "running");
    engine();
    await at.queue.recover();
    job.say(step(3));
    await until(() => stepsTold().includes(3));
    job.say(...files("adapter"), done);
    job.end("SUCCEEDED");
    await ended();
    await settled();
    assert.deepEqual([statusOf(id), stepsTold(), onDisk(id)?.checkpoints.length, ray.times("POST /api/jobs/")], ["succeeded", [1, 2, 3], 1, 1]);
  });

  it("is sent by the next engine when this one ended before the cluster had it, under the same name", async () => {
    engine();
    await at.store.addJob((await import("../../stored-job.ts")).storedJob({ id, status: "queued", place: { ...place(), submission: "sending" } }));
    await writeFile(at.store.dataOf("file-1"), "{}\n");
    await at.queue.recover();
    await accepted();
    assert.equal(ray.times("POST /api/jobs/"), 1);
  });

  it("has failed when the cluster has forgotten it: it is never begun again unasked", async () => {
    engine();
    await start();
    await accepted();
    await until(() => statusOf(id) === "running");
    ray.forget();
    ray.cutTails();
    await ended();
    assert.deepEqual([onDisk(id)?.error?.code, ray.times("POST /api/jobs/")], ["cluster_forgot", 1]);
  });

  it("is stopped and deleted on the cluster when it is cancelled", async () => {
    engine();
    await start();
    await accepted();
    await until(() => statusOf(id) === "running");
    assert.equal((await at.queue.cancel(id))?.status, "cancelled");
    await settled();
    assert.deepEqual([ray.jobs.size, ray.times(`POST /api/jobs/${submitted}/stop`)], [0, 1]);
  });

  it("is stopped by the next engine when it was cancelled while the cluster was away", async () => {
    engine();
    await start();
    await accepted();
    await until(() => statusOf(id) === "running");
    ray.misbehave(/./, cut, 50);
    ray.cutTails();
    await at.queue.cancel(id);
    await at.queue.stop();
    assert.deepEqual([onDisk(id)?.status, onDisk(id)?.place?.submission, ray.jobs.size], ["cancelled", "accepted", 1]);
    engine();
    await at.queue.recover();
    await settled();
    assert.equal(ray.jobs.size, 0);
  });

  it("loses and doubles nothing when the connection breaks in the middle of a line, again and again", async () => {
    engine();
    await start();
    const job = await accepted();
    await until(() => ray.tails === 1);
    const [mark] = [job.submission.runtime_env.env_vars["TUNESMITH_MARK"] ?? ""];
    const text = [1, 2, 3, 4, 5].map((number) => `\n${mark}${JSON.stringify(step(number))}\n`).join("");
    for (let sent = 0; sent < text.length; sent += 60) {
      job.print(text.slice(sent, sent + 60));
      const before = ray.tails;
      ray.cutTails();
      await until(() => ray.tails > before || stepsTold().length === 5);
    }
    job.say(...files("adapter"), done);
    job.end("SUCCEEDED");
    await ended();
    assert.deepEqual([statusOf(id), stepsTold()], ["succeeded", [1, 2, 3, 4, 5]]);
  });

  it("is followed by asking where no WebSocket is let through", async () => {
    ray.allowTails(false);
    engine();
    await start();
    const job = await accepted();
    job.say(step(1));
    await until(() => stepsTold().length === 1);
    job.say(step(2), ...files("adapter"), done);
    job.end("SUCCEEDED");
    await ended();
    assert.deepEqual([statusOf(id), stepsTold(), ray.tails], ["succeeded", [1, 2], 0]);
  });

  describe("that ends badly", () => {
    async function end(act: (job: FakeRayJob) => void): Promise<{ readonly code: string; readonly message: string }> {
      engine();
      await start();
      const job = await accepted();
      await until(() => statusOf(id) === "running");
      act(job);
      await ended();
      assert.equal(statusOf(id), "failed");
      return onDisk(id)?.error ?? assert.fail("no error");
    }

    it("says what the training said", async () => {
      const { code, message } = await end((job) => {
        job.say({ type: "error", code: "diverged", message: "At step 3 the training loss stopped being a number." });
        job.end("FAILED", "Job entrypoint command failed with exit code 1", "JOB_ENTRYPOINT_COMMAND_ERROR");
      });
      assert.deepEqual([code, message], ["diverged", "At step 3 the training loss stopped being a number."]);
    });

    it("says what the cluster said of it, with what can be done", async () => {
      const environment = await end((job) => job.end("FAILED", "Failed to set up runtime environment.\nNo matching distribution found for torch==2.15.0", "RUNTIME_ENV_SETUP_FAILURE"));
      assert.equal(environment.code, "cluster_environment");
      assert.match(environment.message, /Name an interpreter on its nodes as "python".*No matching distribution found/s);
    });

    it("says that it was stopped there, or ended without a word", async () => {
      assert.equal((await end((job) => job.end("STOPPED"))).code, "cluster_stopped");
    });

    it("takes no adapter whose bytes are not those that were sent, or that would lie elsewhere", async () => {
      const damaged = await end((job) => {
        job.say(...files("adapter").map((part) => ({ ...part, sha256: "0".repeat(64) })), done);
        job.end("SUCCEEDED");
      });
      assert.equal(damaged.code, "adapter_damaged");
      assert.ok(!existsSync(join(at.store.folderOf(id), "adapter", "adapter_config.json")));
    });

    it("takes no files of other names, and is not done without its adapter", async () => {
      const { code } = await end((job) => {
        job.say(...files("../../outside"), ...files("adapter").map((part) => ({ ...part, name: "run.py" })), done);
        job.end("SUCCEEDED");
      });
      assert.equal(code, "adapter_damaged");
      assert.ok(!existsSync(join(at.store.folderOf(id), "..", "..", "outside")));
    });
  });

  describe("at a cluster that wants a token", () => {
    beforeEach(async () => {
      await ray.close();
      ray = await startFakeRay({ token: "right" });
    });

    it("bears the token that the settings name, over the WebSocket too", async () => {
      token = "right";
      engine();
      await start();
      const job = await accepted();
      job.say(step(1));
      await until(() => stepsTold().length === 1);
      assert.equal(ray.tails, 1);
    });

    it("has failed at once without it, or with another", async () => {
      for (const [given, expected] of [[undefined, /wants a token \(401\); name the environment variable that holds it as "tokenVariable"/], ["wrong", /does not accept the token \(403\)/]] as const) {
        token = given;
        engine();
        await start();
        await ended();
        assert.equal(onDisk(id)?.error?.code, "cluster_refused");
        assert.match(onDisk(id)?.error?.message ?? "", expected);
        await at.queue.stop();
      }
    });

    it("waits for it when the cluster has the job already", async () => {
      token = "right";
      engine();
      await start();
      await accepted();
      await until(() => statusOf(id) === "running");
      await at.queue.stop();
      token = undefined;
      engine();
      await at.queue.recover();
      await until(() => said(id).some((message) => message.includes("wants a token")));
      assert.equal(statusOf(id), "running");
    });

    it("does not carry the token on to where a cluster sends it", async () => {
      const elsewhere = await startFakeRay();
      token = "right";
      engine();
      ray.misbehave(/^GET/, redirecting(`${elsewhere.origin}/api/jobs/${submitted}`), 3);
      await start();
      await accepted();
      assert.equal(elsewhere.received.length, 0);
      await elsewhere.close();
    });
  });
});
