import { parentPort } from "node:worker_threads";
import { openaiSft } from "../dataset/targets/openai-sft.ts";
import type { ToWorker } from "./lint-protocol.ts";
import { createLintSession } from "./lint-session.ts";

const port = parentPort;
if (port) {
  const take = createLintSession(openaiSft, (message) => port.postMessage(message), setImmediate);
  port.on("message", (message: ToWorker) => take(message));
}
