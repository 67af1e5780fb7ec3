import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { LintResult } from "../../dataset/lint.ts";
import { nameOfTarget } from "../../dataset/targets/index.ts";
import type { Target } from "../../dataset/targets/target.ts";
import { FileError } from "../file-error.ts";
import { lintFile, lintInOrder, mostOfRule, planRanges, type LintFileOptions } from "../lint-file.ts";
import { createSpilledTables } from "../spilled-tables.ts";
import { createRangeMerger } from "./merge-ranges.ts";
import type { FromRangeWorker, RangeWorkerStart } from "./range-protocol.ts";
import type { RangeReport } from "./range-report.ts";

export interface ThreadOptions extends LintFileOptions {
  readonly rangeBytes?: number;
  /** How many threads, where there are enough ranges for them. */
  readonly threads?: number;
}

/** What a range leaves behind is garbage: with more room for what is new each thread would only hold more of it. */
const resourceLimits = { maxYoungGenerationSizeMb: 12 };
/** Smaller files are read before a thread has started. */
const fewestBytes = 16e6;
/** More threads than this wait for the disk, and for the one that puts their reports together. */
const mostThreads = 8;

/**
 * Lints a file from disk in threads that run `workerFile`, range by range; gives what `lintFile` gives. Rejects with a FileError when the file cannot be read,
 * and with what `watch` throws.
 */
export async function lintFileInThreads(path: string, target: Target, workerFile: URL, options: ThreadOptions = {}): Promise<LintResult> {
  const { rangeBytes = 1 << 21, threads: wanted = Math.min(mostThreads, availableParallelism()), watch = () => undefined, ...lintOptions } = options;
  const plan = planRanges(path, rangeBytes);
  const threads = Math.min(wanted, plan?.jobs.length ?? 0);
  if (!plan || threads < 2 || (options.threads === undefined && plan.facts.byteLength < fewestBytes)) return lintFile(path, target, { watch, ...lintOptions });
  const { facts, jobs } = plan;
  const bounded = { mostOfRule, ...lintOptions };
  const tables = createSpilledTables();
  const merger = createRangeMerger(path, facts, target, { ...bounded, createTable: tables.create });
  const { quick = false, mostOfRule: most, severities, flags = false, settings, withoutLikeness = false } = bounded;
  const workerData: RangeWorkerStart = { path, target: nameOfTarget(target), rangeBytes, options: { quick, flags, mostOfRule: most, severities, settings, withoutLikeness } };
  const workers: Worker[] = [];
  try {
    const isApart = await new Promise<boolean>((resolve, reject) => {
      const reports = new Map<number, RangeReport>();
      const idle: Worker[] = [];
      let given = 0;
      let merged = 0;
      const at = new Map<Worker, number[]>();
      const give = (): void => {
        // What comes early waits for what comes before it, and so no thread runs far ahead.
        while (idle.length > 0 && given < jobs.length && given < merged + 4 * threads) {
          const worker = idle.pop();
          if (!worker) return;
          at.get(worker)?.push(given);
          worker.postMessage(jobs[given++]);
        }
      };
      const take = (report: RangeReport): void => {
        merger.add(report);
        const { to } = jobs[merged++] ?? { to: facts.byteLength };
        watch({ bytes: to, byteLength: facts.byteLength, lines: merger.lines });
      };
      for (let count = 0; count < threads; count++) {
        const worker = new Worker(workerFile, { workerData, resourceLimits });
        workers.push(worker);
        worker.on("error", reject);
        worker.on("message", (message: FromRangeWorker) => {
          try {
            if (message.type === "failed") throw new FileError("read", path, Object.assign(new Error(message.message), { code: message.code }));
            if (message.report.isPartOfMore) return resolve(false);
            reports.set(at.get(worker)?.shift() ?? 0, message.report);
            idle.push(worker);
            give();
            for (let next = reports.get(merged); next; next = reports.get(merged)) {
              reports.delete(merged);
              take(next);
            }
            give();
            if (merged === jobs.length) resolve(true);
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        });
        at.set(worker, []);
      }
      // Each has the next range at hand when it is done with one, so that none waits for an answer.
      idle.push(...workers, ...workers);
      give();
    });
    return isApart ? merger.finish() : lintInOrder(path, target, bounded, watch);
  } finally {
    tables.close();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
