import { parentPort } from "node:worker_threads";
import { watchUnfinished } from "./unfinished-files.ts";
import type { FromWorker, ToWorker } from "./worker-protocol.ts";
import { createWorkerSession } from "./worker-session.ts";

const port = parentPort;
if (port) {
  const send = (message: FromWorker): void => port.postMessage(message);
  watchUnfinished((file) => send({ type: "unfinished", file }));
  const take = createWorkerSession(send, (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  }, new URL("./range-worker.js", import.meta.url));
  port.on("message", (message: ToWorker) => take(message));
}
