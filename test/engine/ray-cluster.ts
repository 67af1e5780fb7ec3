import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { cacheFolder } from "../../src/engine/environment/cache-folder.ts";
import { environmentFolder } from "../../src/engine/environment/environment.ts";
import { runCommand } from "../../src/engine/environment/run-command.ts";
import { scripts } from "./local-training.ts";

const ray = "2.60.0";
/** Ray itself gives a node 30 seconds to start, which a busy machine may not have; then it is started anew. */
const mostStarts = 4;

/** A real Ray of one node on loopback. */
export interface RayCluster {
  /** Of its dashboard. */
  readonly address: string;
  /** What the Jobs API lists. */
  jobs(): Promise<readonly { readonly submission_id: string | null; readonly status: string }[]>;
  stop(): Promise<void>;
}

/** Starts Ray, which is installed from PyPI into the user's cache folder when it is not there (0.3 GB); local training is set up already. */
export async function startRayCluster(cores: number): Promise<RayCluster> {
  const program = await installRay();
  for (let starts = 1; ; starts += 1) {
    // Ray's sockets lie in it, whose paths may not be long.
    const folder = await mkdtemp("/tmp/ray-");
    const dashboard = await freePort();
    const parameters = ["start", "--head", "--block", "--port", String(await freePort()), "--include-dashboard", "true", "--dashboard-host", "127.0.0.1", "--dashboard-port", String(dashboard), "--num-cpus", String(cores), "--disable-usage-stats", "--temp-dir", folder];
    // A group of its own, with which all that it starts ends: "ray stop" would end any other Ray of this machine too.
    const node = spawn(program, parameters, { detached: true, stdio: ["ignore", "pipe", "pipe"], cwd: folder, env: { ...process.env, RAY_agent_register_timeout_ms: "300000", RAY_enable_worker_prestart: "0", RAY_worker_niceness: "0" } });
    let output = "";
    for (const stream of [node.stdout, node.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
    const stop = async (): Promise<void> => {
      await endGroup(node);
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
    };
    while (node.exitCode === null && !output.includes("Ray runtime started")) await delay(200);
    if (node.exitCode === null) {
      const address = `http://127.0.0.1:${dashboard}`;
      return { address, stop, jobs: async () => (await (await fetch(`${address}/api/jobs/`)).json()) as Awaited<ReturnType<RayCluster["jobs"]>> };
    }
    await stop();
    if (starts === mostStarts) throw new Error(`Ray did not start, ${starts} times:\n${output.slice(-2000)}`);
  }
}

async function installRay(): Promise<string> {
  const folder = join(cacheFolder(), `ray-${ray}`);
  const ready = join(folder, "ready");
  if (!existsSync(ready)) {
    const uv = join(environmentFolder(cacheFolder(), scripts), "tools", "bin", "uv");
    await rm(folder, { recursive: true, force: true });
    console.log(`Installing ray[default] ${ray} in ${folder}`);
    await runCommand(uv, ["venv", "--seed", "--python", "python3", folder], () => undefined);
    await runCommand(uv, ["pip", "install", "--python", join(folder, "bin", "python"), "--compile-bytecode", `ray[default]==${ray}`], () => undefined);
    await writeFile(ready, "");
  }
  return join(folder, "bin", "ray");
}

async function endGroup(leader: ChildProcess): Promise<void> {
  const exited = leader.exitCode === null ? once(leader, "exit") : Promise.resolve();
  signalGroup(leader, "SIGTERM");
  await Promise.race([exited, delay(20_000)]);
  signalGroup(leader, "SIGKILL");
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // The group is gone.
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
