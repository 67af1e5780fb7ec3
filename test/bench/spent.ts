import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { performance } from "node:perf_hooks";

/** What a run of the program took. */
export interface Spent {
  readonly seconds: number;
  /** Of all processors. */
  readonly processorSeconds: number;
  /** The peak of the memory that it held. */
  readonly megabytes: number;
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Tells the peak of memory, in kilobytes, and the time of all processors, in microseconds, when the process ends. */
const tellPeak = `data:text/javascript,${encodeURIComponent('import { isMainThread } from "node:worker_threads"; if (isMainThread) process.on("exit", () => { const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage(); console.error(`SPENT ${maxRSS} ${userCPUTime + systemCPUTime}`); });')}`;

/** Runs a program of Node's to its end; `dist/cli.js` where its path is left out (build first). */
export function spend(parameters: readonly string[], program = resolve("dist/cli.js")): Spent {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", tellPeak, program, ...parameters], { encoding: "utf8", maxBuffer: 1 << 28 });
  const [, peak, processor] = /SPENT (\d+) (\d+)/.exec(stderr) ?? [];
  return { seconds: (performance.now() - start) / 1000, processorSeconds: Number(processor) / 1e6, megabytes: Number(peak) / 1024, status, stdout, stderr };
}
