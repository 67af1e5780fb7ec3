import { parentPort } from "node:worker_threads";
import type { ToReportWorker } from "./report/report-protocol.ts";
import { createReportSession } from "./report/report-session.ts";

const port = parentPort;
if (port) {
  const take = createReportSession((message) => port.postMessage(message));
  port.on("message", (message: ToReportWorker) => take(message));
}
