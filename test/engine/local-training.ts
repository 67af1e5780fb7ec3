import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { cacheFolder } from "../../src/engine/environment/cache-folder.ts";
import { createEnvironment } from "../../src/engine/environment/environment.ts";
import { runCommand } from "../../src/engine/environment/run-command.ts";
import type { TrainingRequest } from "../../src/engine/runners/runner.ts";

/** The Python scripts as they are in the sources. */
export const scripts = resolve("src/engine/python");

/** A set-up from nothing downloads up to 3 GB. */
export const setUpMinutes = 15;

let made: Promise<{ readonly python: string; readonly baseModel: string }> | undefined;

/** Python and base model, set up in the user's cache folder when they are not there. */
export function localTraining(): Promise<{ readonly python: string; readonly baseModel: string }> {
  made ??= (async () => {
    const environment = createEnvironment({ cache: cacheFolder(), scripts });
    if (!environment.ready()) await environment.setUp((line) => console.log(line), new AbortController().signal);
    const ready = environment.ready();
    if (!ready) throw new Error("The set-up ended, and local training is not ready.");
    return ready;
  })();
  return made;
}

/** The version of the `openai` package for Python that the engine is held to. */
const pythonClientPackage = "openai==3.57.0";

/** A Python with the stock client, in an environment of its own in the user's cache folder, which is made when it is not there. */
export async function pythonClient(): Promise<string> {
  const { python } = await localTraining();
  const folder = join(cacheFolder(), pythonClientPackage.replace("==", "-"));
  const inside = (environment: string, program: string): string => (process.platform === "win32" ? join(environment, "Scripts", `${program}.exe`) : join(environment, "bin", program));
  const uv = inside(join(dirname(dirname(dirname(python))), "tools"), "uv");
  const client = inside(folder, "python");
  const report = (line: string): void => console.log(line);
  if (!existsSync(client)) await runCommand(uv, ["venv", "--python", python, folder], report);
  // At once when it is there.
  await runCommand(uv, ["pip", "install", "--quiet", "--python", client, pythonClientPackage], report);
  return client;
}

/** A new folder for one test file, and what removes it. */
export async function temporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "tunesmith-engine-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The first records of the sample's clean file, as a file of their own. */
export async function writeSample(folder: string, records: number): Promise<string> {
  const lines = (await readFile("media/sample/banking-test.jsonl", "utf8")).split("\n").slice(0, records);
  const file = join(folder, `sample-${records}.jsonl`);
  await writeFile(file, `${lines.join("\n")}\n`);
  return file;
}

/** Four short pairs of answers that differ in their manner, written for the tests. */
export async function writePairs(folder: string): Promise<string> {
  const pair = (question: string, preferred: string, other: string): object => ({
    input: { messages: [{ role: "user", content: question }] }, preferred_output: [{ role: "assistant", content: preferred }], non_preferred_output: [{ role: "assistant", content: other }],
  });
  const pairs = ["France", "Italy", "Spain", "Norway"].map((country) => pair(`Is ${country} in Europe?`, "Yes.", "I would rather not say."));
  const file = join(folder, "pairs.jsonl");
  await writeFile(file, pairs.map((each) => `${JSON.stringify(each)}\n`).join(""));
  return file;
}

/** A training that takes seconds: few records, the last two layers. */
export async function quickRequest(folder: string, output: string): Promise<TrainingRequest> {
  const { baseModel } = await localTraining();
  return { method: "supervised", model: baseModel, trainingFile: await writeSample(folder, 8), output: join(folder, output), epochs: 1, batchSize: 2, learningRateMultiplier: 2, seed: 7, loraLayers: 2 };
}

/** The processes that a process started and that live; none on Windows, where there is no `ps` to ask. */
export function childrenOf(parent: number): number[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  return (stdout ?? "").split("\n").map((line) => line.trim().split(/\s+/).map(Number)).flatMap(([pid, ppid]) => (pid && ppid === parent ? [pid] : []));
}

/** Whether a process lives. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
