import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import type { ChatProcess } from "../../../../src/engine/chat-process.ts";
import { TrainingError, type Runner } from "../../../../src/engine/runners/runner.ts";
import { createClusters } from "../../../../src/engine/executors/clusters.ts";
import { createApplication, listen, type ServerDependencies } from "../../../../src/engine/server.ts";
import { openStore } from "../../../../src/engine/store.ts";
import { createTrainingQueue } from "../../../../src/engine/training-queue.ts";
import { openService } from "../../../../src/providers/index.ts";
import { describeProvider } from "../contract/describe-provider.ts";

const creation = "POST /v1/fine_tuning/jobs";
const base = "smollm2-135m-instruct";

describeProvider("the local engine with a runner and a chat that need no model", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tunesmith-test-"));
  const fail = (line: string): never => assert.fail(line);
  const store = openStore(folder, fail);
  const { runner, end } = createRunner();
  const clusters = createClusters();
  const queue = createTrainingQueue({ store, ray: { clusters, scripts: "" }, runner, modelFolder: (model) => model, checkFile: async () => 10, tell: fail });
  const tuned = () => store.jobs().flatMap(({ fine_tuned_model: id }) => (id ? [{ id, created: 0, owned_by: "local" }] : []));
  const models: ServerDependencies["models"] = { list: () => [{ id: base, created: 0, owned_by: "local" }, ...tuned()], base: (id) => id, find: (id) => ({ base: id }) };
  const engine = createApplication({ token: "token", store, queue, models, clusters, chat: () => echo, touched: () => undefined });

  let creations = 0;
  let lose = false;
  const outer = new Hono<{ Bindings: HttpBindings }>();
  outer.use(async (context, next) => {
    if (`${context.req.method} ${context.req.path}` !== creation) return next();
    creations += 1;
    await next();
    if (!lose) return;
    lose = false;
    context.env.incoming.socket.destroy();
    context.res = RESPONSE_ALREADY_SENT;
  });
  outer.route("/", engine);
  const server = await listen(outer as unknown as Hono, 0);

  const open = (apiKey: string) => openService({ id: "local", title: "Local engine", kind: "openai", baseURL: `http://127.0.0.1:${server.port}/v1`, apiKey });
  return {
    service: await open("token"),
    stranger: await open("another"),
    baseModel: base,
    async finish(job, how) {
      end(how);
      await until(() => ["succeeded", "failed"].includes(queue.find(job)?.status ?? ""));
    },
    loseNextCreation: () => void (lose = true),
    creations: () => creations,
    async close() {
      await queue.stop();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});

/** Lets the process go on until something holds; the engine tells nobody when it has written. */
async function until(holds: () => boolean): Promise<void> {
  for (let turns = 0; !holds(); turns += 1) {
    if (turns > 1_000_000) throw new Error(`This never came to hold: ${holds}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Trains for as long as nobody says how it ends. */
function createRunner(): { readonly runner: Runner; end(how: "succeeded" | "failed"): void } {
  let end: (how: "succeeded" | "failed") => void = () => undefined;
  const ended = new Promise<"succeeded" | "failed">((resolve) => {
    end = resolve;
  });
  return {
    end: (how) => end(how),
    runner: {
      id: "none",
      async train({ output }, report, signal) {
        if (signal.aborted) throw new TrainingError("cancelled", "Cancelled.");
        const aborted = new Promise<never>((_resolve, reject) => signal.addEventListener("abort", () => reject(new TrainingError("cancelled", "Cancelled.")), { once: true }));
        if ((await Promise.race([ended, aborted])) === "failed") throw new TrainingError("out_of_memory", "The memory is not enough.");
        for (const step of [1, 2]) {
          const checkpoint = join(output, `checkpoint-${step}`);
          mkdirSync(checkpoint, { recursive: true });
          report({ type: "metrics", step, totalSteps: 2, metrics: { train_loss: 1 / step } });
          report({ type: "checkpoint", step, folder: checkpoint, metrics: { train_loss: 1 / step } });
        }
        report({ type: "done", adapter: output, trainedTokens: 64 });
      },
    },
  };
}

const echo: ChatProcess = {
  async answer({ messages }, report) {
    report(`You said ${messages.at(-1)?.content}`, []);
    return { finishReason: "stop", promptTokens: 1, completionTokens: 3 };
  },
  score: () => Promise.reject(new Error("nothing is scored here")),
  scoreMessages: () => Promise.reject(new Error("nothing is scored here")),
  end: () => Promise.resolve(),
};
