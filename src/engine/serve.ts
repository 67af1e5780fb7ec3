import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describeFileError } from "../workers/file-error.ts";
import { createDatasetClient } from "../workers/dataset-client.ts";
import { announce, findEngine, withdraw, type Announcement } from "./announcement.ts";
import { ApiError } from "./api-error.ts";
import { createChatProcess, type ChatProcess } from "./chat-process.ts";
import { createTrainingFileCheck } from "./check-training-file.ts";
import { cacheFolder } from "./environment/cache-folder.ts";
import { createEnvironment } from "./environment/environment.ts";
import { requireReady } from "./environment/require-ready.ts";
import { createClusters } from "./executors/clusters.ts";
import { holdingLock } from "./lock.ts";
import { createModels } from "./models.ts";
import { createRunner, toRunnerId, type RunnerId } from "./runners/choose-runner.ts";
import { createApplication, listen } from "./server.ts";
import { openStore } from "./store.ts";
import { createTrainingQueue } from "./training-queue.ts";

export interface ServeOptions {
  readonly state: string;
  readonly port: string;
  readonly python?: string;
  readonly idleExit?: string;
  readonly runner?: string;
}

/** Where the programs lie that the engine starts: the folder of the Python scripts, and the worker that checks files. */
export interface Programs {
  readonly scripts: URL;
  readonly datasetWorker: URL;
}

interface Engine {
  readonly address: Announcement;
  isIdle(milliseconds: number): boolean;
  /** Ends it; resolves when nothing that it started runs any more. */
  end(): Promise<void>;
}

/** How long a start may take until another one gives up waiting for it, and how long an end until the processes that do not end are left to find their input closed. */
const startPatience = 15_000;
const endPatience = 3000;

/** `engine serve`: takes up the state in a folder and listens until it is told to end. Throws an Error written for the user when it cannot start. */
export async function serve(programs: Programs, options: ServeOptions): Promise<void> {
  const port = Number(options.port);
  if (!/^\d+$/.test(options.port) || port > 65535) throw new Error(`--port ${options.port} is no port; expected a number from 0 to 65535.`);
  const idle = Number(options.idleExit ?? 0);
  if (!(idle >= 0)) throw new Error(`--idle-exit ${options.idleExit} is no time; expected a number of seconds.`);
  const runner = toRunnerId(options.runner);
  // Whoever started the engine may be gone before it, and its pipes with it.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  const engine = await startAlone(resolve(options.state), () => start(programs, port, runner, options));
  const { baseURL, token } = engine.address;
  process.stdout.write(`${JSON.stringify({ baseURL, token })}\n`);

  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    await Promise.race([engine.end(), delay(endPatience)]);
    process.exit(0);
  };
  process.once("SIGINT", () => void end());
  process.once("SIGTERM", () => void end());
  if (idle > 0) setInterval(() => engine.isIdle(idle * 1000) && void end(), 5000);
}

/** Starts an engine on a state folder on which none works. Two would undo each other's work, so of two that start at one moment one waits and finds the other. */
async function startAlone(state: string, run: () => Promise<Engine>): Promise<Engine> {
  const lock = join(state, "engine.lock");
  const late = AbortSignal.timeout(startPatience);
  let holder = 0;
  try {
    await mkdir(state, { recursive: true });
    return await holdingLock(lock, (pid) => (holder = pid), late, async () => {
      const other = await findEngine(state);
      if (other) throw new Error(`Another engine (process ${other.pid}, ${other.baseURL}) already works on ${state}. Use that one, or name another folder with --state.`);
      return run();
    });
  } catch (error) {
    if (late.aborted && holder > 0) throw new Error(`Another engine (process ${holder}) has been starting on ${state} for ${startPatience / 1000} seconds. Wait for it; if none is starting, delete ${lock}.`, { cause: error });
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    const reason = code === "EEXIST" ? "It is a file; a folder is expected." : describeFileError("write", state, error);
    throw new Error(`The state folder ${state} cannot be used. ${reason} Name another one with --state.`, { cause: error });
  }
}

async function start(programs: Programs, port: number, named: RunnerId | undefined, options: ServeOptions): Promise<Engine> {
  const state = resolve(options.state);
  const scripts = fileURLToPath(programs.scripts);
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  const store = openStore(state, tell);
  const environment = createEnvironment({ cache: cacheFolder(), scripts, ...(options.python ? { python: options.python } : {}) });
  const python = (): string => requireReady(environment).python;
  const models = createModels(store, environment);
  const runner = createRunner(named, { python, scripts });
  const linting = createDatasetClient(programs.datasetWorker);
  const clusters = createClusters();
  const queue = createTrainingQueue({ store, runner, ray: { clusters, scripts }, checkFile: createTrainingFileCheck(linting), modelFolder: models.base, tell });
  const token = randomBytes(32).toString("base64url");
  let chat: ChatProcess | undefined;
  let asked = Date.now();
  let ending = false;
  const app = createApplication({
    token, store, queue, models, clusters,
    chat() {
      if (ending) throw new ApiError(503, "The engine is ending. Start it again.", "engine_ending");
      return (chat ??= createChatProcess({ python: python(), scripts }));
    },
    touched: () => {
      asked = Date.now();
    },
  });
  const server = await listen(app, port);
  const address: Announcement = { baseURL: `http://127.0.0.1:${server.port}/v1`, token, pid: process.pid };
  await announce(state, address);
  await queue.recover();
  return {
    address,
    isIdle: (milliseconds) => !queue.isBusy() && Date.now() - asked > milliseconds,
    async end() {
      ending = true;
      await Promise.allSettled([queue.stop(), chat?.end()]);
      linting.dispose();
      // Last, since what does not answer any more may be taken over.
      withdraw(state, address);
      server.close();
    },
  };
}
