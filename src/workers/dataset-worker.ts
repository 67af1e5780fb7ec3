import { parentPort } from "node:worker_threads";
import type { ToWorker } from "./worker-protocol.ts";
import { createWorkerSession } from "./worker-session.ts";

const port = parentPort;
if (port) {
  const take = createWorkerSession((message) => port.postMessage(message), (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  });
  port.on("message", (message: ToWorker) => take(message));
}
