import { randomBytes } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import writeFileAtomic from "write-file-atomic";
import { createChatProcess, type ChatProcess } from "./chat-process.ts";
import { cacheFolder } from "./environment/cache-folder.ts";
import { createEnvironment } from "./environment/environment.ts";
import { requireReady } from "./environment/require-ready.ts";
import { createModels } from "./models.ts";
import type { Runner } from "./runners/runner.ts";
import { createTrlRunner } from "./runners/trl.ts";
import { createApplication, listen } from "./server.ts";
import { openStore, type Store } from "./store.ts";
import { createTrainingQueue } from "./training-queue.ts";

export interface ServeOptions {
  readonly state: string;
  readonly port: string;
  readonly python?: string;
  readonly idleExit?: string;
}

/** `engine serve`: takes up the state in a folder and listens until it is told to end. Throws an Error written for the user when it cannot start. */
export async function serve(scriptsUrl: URL, options: ServeOptions): Promise<void> {
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`--port ${options.port} is no port; expected a number from 0 to 65535.`);
  const scripts = fileURLToPath(scriptsUrl);
  const state = resolve(options.state);
  const announcement = join(state, "engine.json");
  const store = open(state);
  refuseSecond(announcement, state);

  const environment = createEnvironment({ cache: cacheFolder(), scripts, ...(options.python ? { python: options.python } : {}) });
  const python = (): string => requireReady(environment).python;
  const models = createModels(store, environment);
  const runner: Runner = { id: "trl", train: async (...request) => createTrlRunner({ python: python(), scripts }).train(...request) };
  const queue = createTrainingQueue({ store, runner, modelFolder: models.base });
  let chat: ChatProcess | undefined;
  let asked = Date.now();
  const token = randomBytes(32).toString("base64url");
  const app = createApplication({
    token, store, queue, models,
    chat: () => (chat ??= createChatProcess({ python: python(), scripts })),
    touched: () => {
      asked = Date.now();
    },
  });
  const server = await listen(app, port);
  const address = { baseURL: `http://127.0.0.1:${server.port}/v1`, token };
  await writeFileAtomic(announcement, JSON.stringify({ ...address, pid: process.pid }), { mode: 0o600 });
  await queue.recover();
  process.stdout.write(`${JSON.stringify(address)}\n`);

  const end = (): void => {
    queue.stop();
    chat?.end();
    server.close();
    rmSync(announcement, { force: true });
    process.exit(0);
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  const idle = Number(options.idleExit ?? 0);
  if (idle > 0) setInterval(() => !queue.isBusy() && Date.now() - asked > idle * 1000 && end(), 5000);
}

function open(state: string): Store {
  try {
    return openStore(state);
  } catch (error) {
    throw new Error(`The state folder ${state} cannot be used: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Two engines on one state would undo each other's work. */
function refuseSecond(announcement: string, state: string): void {
  let pid: unknown;
  try {
    pid = (JSON.parse(readFileSync(announcement, "utf8")) as { pid?: unknown }).pid;
    if (typeof pid !== "number") return;
    process.kill(pid, 0);
  } catch {
    return;
  }
  throw new Error(`Another engine (process ${String(pid)}) already works on ${state}. Use that one, or name another folder with --state.`);
}
