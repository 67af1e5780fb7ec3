import { parentPort, workerData } from "node:worker_threads";
import { targetNamed } from "../../dataset/targets/index.ts";
import { FileError } from "../file-error.ts";
import { createRangeLinter } from "./lint-range.ts";
import type { ByteRange } from "./judged-range.ts";
import type { FromRangeWorker, RangeWorkerStart } from "./range-protocol.ts";
import { buffersOf } from "./range-report.ts";

const port = parentPort;
if (port) {
  const { path, target: name, options, rangeBytes } = workerData as RangeWorkerStart;
  const target = targetNamed(name);
  if (!target) throw new RangeError(`There is no target "${name}".`);
  const lint = createRangeLinter(path, target, options, rangeBytes);
  port.on("message", (range: ByteRange) => {
    try {
      const report = lint(range);
      port.postMessage({ type: "linted", report } satisfies FromRangeWorker, buffersOf(report) as ArrayBuffer[]);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const { code, message } = error.cause as NodeJS.ErrnoException;
      port.postMessage({ type: "failed", message, ...(code === undefined ? {} : { code }) } satisfies FromRangeWorker);
    }
  });
}
