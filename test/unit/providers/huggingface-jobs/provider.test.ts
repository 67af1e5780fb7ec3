import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import type { LaunchRequest } from "../../../../src/jobs/provider.ts";
import { toMachines } from "../../../../src/providers/huggingface-jobs/machines.ts";
import { openHuggingFaceJobs } from "../../../../src/providers/huggingface-jobs/open.ts";
import { script } from "../../../../src/providers/huggingface-jobs/script.ts";
import { readEvents } from "../../../../src/providers/huggingface-jobs/server-sent-events.ts";
import { toEvent } from "../../../../src/providers/huggingface-jobs/to-event.ts";
import { toJob } from "../../../../src/providers/huggingface-jobs/to-job.ts";
import { startFakeHuggingFace, type FakeHuggingFace } from "../../../support/fake-hugging-face.ts";
import type { Values } from "../../../support/fake-server.ts";
import { scratchFolder } from "../../../support/scratch.ts";
import { dataset, live, providerError } from "../contract/stage.ts";

const model = "Qwen/Qwen3-0.6B";

describe("Hugging Face Jobs, over a fake built from Hugging Face's client", () => {
  const scratch = scratchFolder();
  let fake: FakeHuggingFace;
  const start = async (lfs?: { partBytes?: number }) => {
    await fake?.close();
    fake = await startFakeHuggingFace(lfs ? { lfs } : {});
  };
  beforeEach(async () => {
    fake = await startFakeHuggingFace();
  });
  afterEach(() => fake.close());
  const open = (more: { account?: string } = {}) => openHuggingFaceJobs({ id: "hf", title: "Hugging Face", kind: "huggingface-jobs", baseURL: fake.origin, apiKey: fake.key, ...more }, { idle: 150, silence: 1500, pause: 1 }).provider;
  const upload = (): Promise<string> => open().uploadFile({ path: scratch.file("train.jsonl", dataset), name: "train.jsonl" }, live());
  const create = async (more: Partial<LaunchRequest> = {}) => open().createJob({ model, trainingFile: await upload(), hyperparameters: {}, metadata: {}, ...more }, live());
  const collect = async (events: AsyncIterable<{ message: string }> | undefined) => {
    const messages: string[] = [];
    for await (const { message } of events ?? []) messages.push(message);
    return messages;
  };

  describe("creating", () => {
    it("runs TRL in a container, on the dataset that is mounted there, with the token as a secret", async () => {
      const trainingFile = await upload();
      await open().createJob({
        model, trainingFile, suffix: "bank", seed: 7, hyperparameters: { num_train_epochs: 2, learning_rate: 0.0002, lora_r: 8, assistant_only_loss: true }, compute: { flavor: "l4x1", timeout: 30 },
        metadata: { tunesmith_launch: "0190c1a2-0000-4000-8000-000000000004" },
      }, live());
      const body = fake.received.findLast(({ act }) => act === `POST /api/jobs/${fake.user}`)?.body ?? {};
      const request = JSON.parse((body["environment"] as Record<string, string>)["TUNESMITH_REQUEST"] ?? "") as Values;
      assert.deepEqual([body["flavor"], body["timeoutSeconds"], body["secrets"], body["labels"]], ["l4x1", 1800, { HF_TOKEN: fake.key }, { tunesmith: "fine-tune", tunesmith_launch: "0190c1a2-0000-4000-8000-000000000004" }]);
      assert.deepEqual(body["volumes"], [{ type: "dataset", source: `${fake.user}/tunesmith-datasets`, mountPath: "/tunesmith", readOnly: true }]);
      assert.deepEqual(request, {
        method: "sft", model, training_file: `/tunesmith/${trainingFile.split("/").slice(3).join("/")}`, output: `${fake.user}/bank-0190c1a2`, suffix: "bank",
        arguments: { num_train_epochs: 2, learning_rate: 0.0002, assistant_only_loss: true, seed: 7 }, lora: { r: 8, lora_alpha: 16 },
      });
      const [job] = await open().listJobs(live());
      assert.deepEqual([job?.trainingFile, job?.seed, job?.hyperparameters], [trainingFile, 7, { num_train_epochs: 2, learning_rate: 0.0002, assistant_only_loss: true, lora_r: 8, lora_alpha: 16 }]);
    });

    it("trains all weights where no adapter is wanted, and takes no reinforcement", async () => {
      await create({ method: "dpo", hyperparameters: { use_peft: false, beta: 0.2 } });
      const body = fake.received.findLast(({ act }) => act === `POST /api/jobs/${fake.user}`)?.body ?? {};
      const request = JSON.parse((body["environment"] as Record<string, string>)["TUNESMITH_REQUEST"] ?? "") as Values;
      assert.deepEqual([request["method"], request["arguments"], request["lora"], body["timeoutSeconds"]], ["dpo", { beta: 0.2 }, undefined, 180 * 60]);
      await assert.rejects(create({ method: "rft" }), providerError("invalid", /methods sft and dpo/));
    });
  });

  describe("the script that the job runs", () => {
    it("asks TRL for what the request says, tells each step, and saves the model", () => {
      // Stand-ins for the libraries record what they are asked for; the real ones need a graphics card and gigabytes.
      for (const [name, code] of [
        ["datasets.py", "def load_dataset(kind, data_files, split): return [kind, data_files, split]\n"],
        ["transformers.py", "class TrainerCallback: pass\n"],
        ["peft.py", "class LoraConfig(dict):\n    def __init__(self, **values): super().__init__(values)\n"],
        ["trl.py", [
          "import json, types",
          "class SFTConfig(dict):",
          "    def __init__(self, **values): super().__init__(values)",
          "DPOConfig = SFTConfig",
          "class SFTTrainer:",
          "    def __init__(self, **values): self.values = values; print('ASKED ' + json.dumps({k: v for k, v in values.items() if k != 'callbacks'}))",
          "    def train(self):",
          "        state = types.SimpleNamespace(global_step=1, max_steps=2)",
          "        for callback in self.values['callbacks']: callback.on_train_begin(None, state, None); callback.on_log(None, state, None, logs={'loss': 0.5, 'note': 'text'})",
          "    def push_to_hub(self): print('PUSHED')",
          "DPOTrainer = SFTTrainer",
        ].join("\n")],
      ] as const) scratch.file(name, code);
      const request = { method: "sft", model, training_file: "/tunesmith/data/a.jsonl", validation_file: "/tunesmith/data/b.jsonl", output: "acme/bank", arguments: { num_train_epochs: 2 }, lora: { r: 8, lora_alpha: 16 } };
      const run = (environment: string) => spawnSync(process.platform === "win32" ? "python" : "python3", ["-c", script], { encoding: "utf8", env: { ...process.env, PYTHONPATH: scratch.path("."), PYTHONDONTWRITEBYTECODE: "1", TUNESMITH_REQUEST: environment } });
      const { stdout, stderr, status } = run(JSON.stringify(request));
      assert.equal(status, 0, stderr);
      const asked = JSON.parse(/^ASKED (.*)$/m.exec(stdout)?.[1] ?? "null") as Values;
      assert.deepEqual([asked["model"], asked["train_dataset"], asked["eval_dataset"], asked["peft_config"]], [model, ["json", "/tunesmith/data/a.jsonl", "train"], ["json", "/tunesmith/data/b.jsonl", "train"], { task_type: "CAUSAL_LM", target_modules: "all-linear", r: 8, lora_alpha: 16 }]);
      const args = asked["args"] as Values;
      assert.deepEqual([args["hub_model_id"], args["hub_private_repo"], args["num_train_epochs"], args["eval_strategy"]], ["acme/bank", true, 2, "epoch"]);
      assert.match(stdout, /^PUSHED$/m);
      const told = stdout.split(/\r?\n/).filter((line) => line.startsWith("TUNESMITH ")).map((data, index) => toEvent(JSON.stringify({ data, timestamp: "2026-11-22T10:00:00Z" }), index));
      assert.deepEqual(told.map((event) => [event?.message, event?.metrics]), [
        ["Training begins", { total_steps: 2 }], ["Step 1/2: training loss=0.5", { step: 1, total_steps: 2, train_loss: 0.5 }], ["Saving the model on the Hub", undefined], ["Saved as acme/bank", undefined],
      ]);
      const failed = run(JSON.stringify({ ...request, training_file: undefined }));
      assert.notEqual(failed.status, 0);
      assert.match(failed.stdout, /TUNESMITH \{"type": "error", "message": "KeyError: 'training_file'"\}/);
    });
  });

  describe("the log", () => {
    it("is followed to the job's end, each line once, though streams end early, are cut, and never end by themselves", async () => {
      const { id } = await create();
      fake.finish(id);
      const whole = await collect(open().followEvents?.(id, live()));
      assert.deepEqual(whole, ["Installed 60 packages in 12s", "Training begins", "Step 1/2: training loss=1", "Step 2/2: training loss=0.5", "Saved"]);

      Object.assign(fake.jobs[0] ?? {}, { status: { stage: "RUNNING", message: null } });
      fake.cutLogsAfter(3, 2);
      fake.misbehave(new RegExp(`^GET .*/${id}/logs$`), (context) => {
        context.env.incoming.socket.destroy();
        return new Response();
      });
      const seen: string[] = [];
      for await (const { message } of open().followEvents?.(id, live()) ?? []) {
        seen.push(message);
        // It ends while the last stream is silent.
        if (message === "Saved") Object.assign(fake.jobs[0] ?? {}, { status: { stage: "COMPLETED", message: null } });
      }
      assert.deepEqual(seen, whole);
    });

    it("stops with the signal's own reason", async () => {
      const { id } = await create();
      const stop = new AbortController();
      const reason = new Error("enough");
      const following = collect(open().followEvents?.(id, stop.signal));
      while (fake.times(/\/logs$/) === 0) await new Promise((resolve) => setImmediate(resolve));
      stop.abort(reason);
      await assert.rejects(following, (error) => error === reason);
    });

    it("says so when there is no such job", async () => {
      await assert.rejects(async () => open().listEvents?.("none", live()), providerError("not-found"));
      await assert.rejects(collect(open().followEvents?.("none", live())), providerError("not-found"));
    });
  });

  describe("files", () => {
    it("go to the Hub's store where it says so, once for the same bytes", async () => {
      await start({});
      const told: number[] = [];
      const { path, total } = scratch.large("large.jsonl", 200_000);
      const send = () => open().uploadFile({ path, name: "large.jsonl", progress: (sent) => void told.push(sent) }, live());
      const id = await send();
      assert.equal(await send(), id);
      assert.deepEqual([fake.files.get(id.split("/").slice(3).join("/"))?.length, told.at(-1), fake.times(/^PUT \/signed\/lfs/)], [total, total, 1]);
    });

    it("go there in parts where it wants parts", async () => {
      await start({ partBytes: 64_000 });
      const { path, total } = scratch.large("large.jsonl", 200_000);
      const id = await open().uploadFile({ path, name: "large.jsonl" }, live());
      assert.deepEqual([fake.files.get(id.split("/").slice(3).join("/"))?.length, fake.times(/^PUT \/signed\/lfs/)], [total, 4]);
    });

    it("are made private, under the organisation that is named", async () => {
      await open({ account: "acme-org" }).uploadFile({ path: scratch.file("train.jsonl", dataset), name: "train.jsonl" }, live());
      assert.deepEqual(fake.received.find(({ act }) => act === "POST /api/repos/create")?.body, { type: "dataset", name: "tunesmith-datasets", private: true, organization: "acme-org" });
    });

    it("that are gone are not deleted again", async () => {
      const id = await upload();
      await open().deleteFile?.(id, live());
      await open().deleteFile?.(id, live());
      assert.equal(fake.commits.filter((summary) => summary.startsWith("Delete")).length, 1);
    });
  });

  it("tells whose token it is, and when nobody can pay", async () => {
    assert.deepEqual(await open().checkAccess?.(live()), { name: fake.user });
    assert.match((await open({ account: "acme-org" }).checkAccess?.(live()))?.problem ?? "", /no way to pay/);
    await assert.rejects(async () => open({ account: "nobody" }).checkAccess?.(live()), providerError("forbidden", /It belongs to acme-user, acme-org/));
  });

  it("lists machines with their prices, and bounds what a job can cost by its time limit", async () => {
    assert.deepEqual((await open().listMachines?.(live()))?.map(({ id, detail, pricePerHour }) => [id, detail, pricePerHour && Number(pricePerHour.amount.toFixed(4))]), [
      ["cpu-basic", "2 vCPU, 16 GB, no graphics card", 0.01], ["a10g-small", "4 vCPU, 15 GB, 1 A10G 24 GB", 1], ["a100-large", "12 vCPU, 142 GB, 1 A100 80 GB", 2.5],
    ]);
    const estimate = await open().estimatePrice?.({ model, trainingFile: "f", hyperparameters: {}, compute: { flavor: "a100-large", timeout: 90 } }, live());
    assert.equal(estimate?.most?.amount.toFixed(2), "3.75");
    assert.deepEqual(await open().estimatePrice?.({ model, trainingFile: "f", hyperparameters: {}, compute: { flavor: "unheard-of" } }, live()), {});
  });

  it("shows what a job has cost so far by its machine's price, and the job all the same when no price can be had", async () => {
    const { id } = await create();
    fake.finish(id);
    assert.equal((await open().retrieveJob(id, live())).cost?.amount.toFixed(3), "0.100");
    fake.misbehave("GET /api/jobs/hardware", () => Response.json({ no: "list" }));
    assert.equal((await open().retrieveJob(id, live())).cost, undefined);
  });
});

describe("what Hugging Face answers", () => {
  it("is read whatever its members are", () => {
    const names = ["id", "status", "labels", "environment", "volumes", "owner", "durations", "createdAt", "name", "unitCostUSD", "unitLabel", "accelerator"];
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...names), fc.anything()), fc.string(), (value, line) => {
      toJob("p", value, "https://huggingface.co", () => undefined);
      toJob("p", { ...value, id: "a", environment: { TUNESMITH_REQUEST: line } }, "https://huggingface.co", () => undefined);
      toMachines([value]);
      toEvent(line, 0);
      toEvent(JSON.stringify({ data: `TUNESMITH ${line}`, timestamp: value["createdAt"] }), 0);
    }));
  });
});

describe("server-sent events", () => {
  const read = async (pieces: readonly Uint8Array[]): Promise<string[]> => {
    const found: string[] = [];
    for await (const data of readEvents((async function* () { yield* pieces; })())) found.push(data);
    return found;
  };

  it("are the same however the bytes are cut, with any line break, and without comments and names", async () => {
    const text = ': keep-alive\r\n\r\nevent: log\ndata: {"a":"ä"}\nid: 3\n\ndata: one\rdata:two\r\rdata: without an end';
    const bytes = new TextEncoder().encode(text);
    await fc.assert(fc.asyncProperty(fc.array(fc.nat({ max: bytes.length })), async (cuts) => {
      const places = [0, ...cuts.sort((one, other) => one - other), bytes.length];
      assert.deepEqual(await read(places.slice(1).map((end, index) => bytes.slice(places[index], end))), ['{"a":"ä"}', "one\ntwo"]);
    }));
  });
});
