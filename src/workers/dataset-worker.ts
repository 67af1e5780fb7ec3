import { parentPort } from "node:worker_threads";
import { openaiSft } from "../dataset/targets/openai.ts";
import type { ToWorker } from "./worker-protocol.ts";
import { createWorkerSession } from "./worker-session.ts";

const port = parentPort;
if (port) {
  const take = createWorkerSession(openaiSft, (message) => port.postMessage(message), setImmediate);
  port.on("message", (message: ToWorker) => take(message));
}
