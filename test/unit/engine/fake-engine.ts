import OpenAI from "openai";
import type { CheckTrainingFile } from "../../../src/engine/check-training-file.ts";
import type { ChatProcess } from "../../../src/engine/chat-process.ts";
import type { Environment } from "../../../src/engine/environment/environment.ts";
import { createClusters } from "../../../src/engine/executors/clusters.ts";
import { createModels } from "../../../src/engine/models.ts";
import { createApplication, listen } from "../../../src/engine/server.ts";
import { openStore, type Store } from "../../../src/engine/store.ts";
import type { StoredJob } from "../../../src/engine/stored.ts";
import { createTrainingQueue, type TrainingQueue } from "../../../src/engine/training-queue.ts";
import { fakeRunner, until, type Run } from "./fake-runner.ts";

/** The real application over HTTP, with a runner that the test plays and a base model that is not there. */
export interface FakeEngine {
  readonly store: Store;
  readonly queue: TrainingQueue;
  readonly runs: readonly Run[];
  readonly client: OpenAI;
  readonly port: number;
  /** What the engine told on standard error. */
  readonly told: readonly string[];
  /** Sends a request with the right token; gives status and JSON as they come. */
  ask(path: string, init?: RequestInit): Promise<{ readonly status: number; readonly body: any }>;
  upload(content: string, name?: string): Promise<string>;
  /** Waits until a job has a status. */
  become(job: string, status: StoredJob["status"]): Promise<StoredJob>;
  close(): Promise<void>;
}

export interface FakeEngineOptions {
  readonly checkFile?: CheckTrainingFile;
  readonly ready?: boolean;
  readonly chat?: () => ChatProcess;
  /** Changes the store that the engine works with. */
  readonly spoil?: (store: Store) => Store;
}

export const baseModel = "smollm2-135m-instruct";

export async function startFakeEngine(state: string, { checkFile = () => Promise.resolve(50), ready = true, chat, spoil = (store) => store }: FakeEngineOptions = {}): Promise<FakeEngine> {
  const told: string[] = [];
  const tell = (line: string): void => void told.push(line);
  const store = spoil(openStore(state, tell));
  const { runner, runs } = fakeRunner();
  const environment: Environment = {
    ready: () => (ready ? { python: "/no/python", baseModel: "/no/model" } : undefined),
    status: () => Promise.reject(new Error("not asked here")),
    setUp: () => Promise.reject(new Error("not asked here")),
  };
  const models = createModels(store, environment);
  const clusters = createClusters();
  const queue = createTrainingQueue({ store, runner, ray: { clusters, scripts: "src/engine/python" }, checkFile, modelFolder: models.base, tell });
  const noChat = (): ChatProcess => {
    throw new Error("nobody answers here");
  };
  const server = await listen(createApplication({ token: "secret", store, queue, models, clusters, chat: chat ?? noChat, touched: () => undefined }), 0);
  await queue.recover();
  const baseURL = `http://127.0.0.1:${server.port}/v1`;
  return {
    store, queue, runs, told, port: server.port,
    client: new OpenAI({ baseURL, apiKey: "secret", maxRetries: 0 }),
    async ask(path, init) {
      const response = await fetch(`${baseURL}${path}`, { ...init, headers: { authorization: "Bearer secret", ...init?.headers } });
      return { status: response.status, body: await response.json() };
    },
    async upload(content, name = "train.jsonl") {
      const form = new FormData();
      form.set("purpose", "fine-tune");
      form.set("file", new Blob([content]), name);
      const response = await fetch(`${baseURL}/files`, { method: "POST", body: form, headers: { authorization: "Bearer secret" } });
      return ((await response.json()) as { id: string }).id;
    },
    async become(job, status) {
      await until(() => queue.find(job)?.status === status);
      return queue.find(job) as StoredJob;
    },
    async close() {
      await queue.stop();
      server.close();
    },
  };
}
