#!/usr/bin/env node
import { isMainThread } from "node:worker_threads";

// The program runs in a thread of its own, because checking and fixing hold their thread until they are done: this one stays free to hear Ctrl-C.
if (isMainThread) {
  const { supervise } = await import("./cli/supervise.ts");
  await supervise(new URL(import.meta.url), process.argv.slice(2));
} else {
  const { runInThread } = await import("./cli/run-in-thread.ts");
  await runInThread({ rangeWorker: new URL("./range-worker.js", import.meta.url), pages: new URL("./rules/", import.meta.url) });
}
