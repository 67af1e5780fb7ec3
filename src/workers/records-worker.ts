import { parentPort } from "node:worker_threads";
import type { ToRecordsWorker } from "./records/records-protocol.ts";
import { createRecordsSession } from "./records/records-session.ts";

const port = parentPort;
if (port) {
  const take = createRecordsSession((message) => port.postMessage(message));
  port.on("message", (message: ToRecordsWorker) => take(message));
}
