import { spawn } from "node:child_process";
import { closeSync, existsSync, fstatSync, mkdirSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ToldCluster } from "../engine/executors/cluster.ts";
import { safeFolder } from "../engine/environment/safe-folder.ts";

/** Where a running engine is, and the token without which it answers nothing. */
export interface EngineAddress {
  readonly baseURL: string;
  readonly token: string;
}

/** The local engine: a process of its own, which outlives this window or program and ends when nobody has asked for a while. */
export interface LocalEngine {
  /** Whether it ever ran for this user, so that there may be jobs. */
  wasUsed(): boolean;
  /** The address of the engine that runs; starts one when none does. Rejects with an Error for the user. */
  address(signal: AbortSignal): Promise<EngineAddress>;
}

/** Seconds without a request or a training after which the engine ends. */
const idleExit = 1800;
const startPatience = 30_000;

export interface LocalEngineOptions {
  /** The bundle of the engine. */
  readonly program: URL;
  /** The folder where it keeps jobs and files. */
  readonly state: string;
  /** Hears of a start. */
  readonly tell: (line: string) => void;
  /** The clusters of the user's settings, as they are now; the engine knows of no others. */
  readonly clusters?: () => readonly ToldCluster[];
}

export function createLocalEngine({ program, state, tell, clusters = () => [] }: LocalEngineOptions): LocalEngine {
  let told = "";
  let starting: Promise<EngineAddress> | undefined;

  async function findOrStart(): Promise<EngineAddress> {
    const { findEngine } = await import("../engine/announcement.ts");
    const running = await findEngine(state);
    if (running) return running;
    tell(`Starting the local engine on ${state}.`);
    const outcome = await spawnEngine(fileURLToPath(program), state).catch((error: Error) => error);
    // Also after a failure: another window may have started one at the same moment.
    const started = await findEngine(state);
    if (started) return started;
    if (outcome instanceof Error) throw outcome;
    outcome.end();
    throw new Error(`The local engine did not start: it said "${outcome.said}" and does not answer.`);
  }

  /** Tells the engine of the clusters, where it or they are not those that were told before. */
  async function tellClusters(address: EngineAddress): Promise<EngineAddress> {
    const now = clusters();
    const key = `${address.token} ${JSON.stringify(now)}`;
    if (key === told || (now.length === 0 && told === "")) return address;
    const response = await fetch(`${address.baseURL}/clusters`, {
      method: "PUT", body: JSON.stringify({ clusters: now }), headers: { authorization: `Bearer ${address.token}`, "content-type": "application/json" },
    });
    // One that was started before an update knows no clusters, and goes on with what it can.
    if (!response.ok) tell(`The local engine does not take the clusters of your settings (${response.status}): ${(await response.text()).slice(0, 500)}`);
    told = key;
    return address;
  }

  return {
    wasUsed: () => existsSync(join(state, "jobs")),
    async address(signal) {
      signal.throwIfAborted();
      starting ??= findOrStart().then(tellClusters).finally(() => {
        starting = undefined;
      });
      return starting;
    },
  };
}

/** Starts the engine with this process's own Node, so that the user needs none; it is not ended with this process. Gives what it says first. */
function spawnEngine(program: string, state: string): Promise<{ readonly said: string; end(): void }> {
  mkdirSync(state, { recursive: true });
  const logFile = join(state, "engine.log");
  const complaints = openSync(logFile, "a");
  const before = fstatSync(complaints).size;
  const child = spawn(process.execPath, [program, "serve", "--state", resolve(state), "--port", "0", "--idle-exit", String(idleExit)], {
    detached: true,
    windowsHide: true,
    cwd: safeFolder,
    stdio: ["ignore", "pipe", complaints],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
  });
  closeSync(complaints);
  const { stdout } = child;
  if (!stdout) return Promise.reject(new Error("The local engine did not start: it cannot be listened to."));
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: stdout });
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      lines.close();
      stdout.destroy();
      child.unref();
      act();
    };
    const fail = (reason: string): void => {
      child.kill();
      settle(() => void lastWords(logFile, before).then((words) => reject(new Error(`The local engine did not start: ${reason}${words}`))));
    };
    const timer = setTimeout(() => fail(`it said nothing for ${startPatience / 1000} seconds.`), startPatience);
    child.once("error", (error) => fail(error.message));
    child.once("exit", (code) => fail(`it ended with code ${code ?? "none"}.`));
    lines.once("line", (line) => {
      child.removeAllListeners("exit");
      settle(() => resolve({ said: line, end: () => void child.kill() }));
    });
  });
}

/** The end of what the engine complained of since its log had so many bytes. */
async function lastWords(logFile: string, before: number): Promise<string> {
  const log = await readFile(logFile).catch(() => Buffer.alloc(0));
  const words = log.subarray(before).toString("utf8").trim().split("\n").slice(-3).join("\n");
  return words === "" ? "" : ` Its last words: ${words}`;
}
