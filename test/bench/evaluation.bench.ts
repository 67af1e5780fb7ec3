import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { runEvaluation } from "../../src/evaluation/run.ts";
import type { TestRecord } from "../../src/evaluation/test-set.ts";
import { waiting } from "../../src/evaluating/waiting.ts";
import { openService } from "../../src/providers/index.ts";

/** What a server is like, and, once it was asked, what it did. */
interface Server {
  readonly latency: number;
  /** The share by which a latency may differ from the mean. */
  readonly spread: number;
  /** How many requests it takes at once before it answers 429. */
  readonly takes: number;
}

interface Served {
  /** Milliseconds of all answers together. */
  readonly whole: number;
  readonly refused: number;
}

/**
 * How near an evaluation comes to n·L/C, the least that n requests of latency L take with C under way, over a real server on loopback whose answers take their time. The server has a
 * thread of its own, as one on another machine would have: what it works is not the evaluation's.
 */
const requests = Number(process.env["REQUESTS"] ?? 768);
if (isMainThread) {
  for (const [latency, spread, concurrency] of [[250, 0, 8], [1000, 0, 64], [1000, 0.5, 64]] as const) await measure(latency, spread, concurrency);
  await measure(1000, 0, 64, 40);
} else serve(workerData as Server);

/** Tells its port, and what it did when it is asked. */
function serve({ latency, spread, takes }: Server): void {
  let current = 0;
  let refused = 0;
  let state = 1;
  let whole = 0;
  // A fixed sequence (Park and Miller's), so that every run has the same latencies.
  const next = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  const server = createServer((request, response) => {
    request.resume().once("end", async () => {
      response.setHeader("content-type", "application/json");
      if (current >= takes) {
        refused += 1;
        response.writeHead(429, { "retry-after-ms": String(latency / 2) }).end('{"error":{"message":"busy"}}');
        return;
      }
      current += 1;
      const own = latency * (1 + spread * (2 * next() - 1));
      whole += own;
      await setTimeout(own);
      current -= 1;
      response.end('{"choices":[{"message":{"role":"assistant","content":"a"},"finish_reason":"stop"}]}');
    });
  });
  server.listen(0, "127.0.0.1", () => parentPort?.postMessage((server.address() as AddressInfo).port));
  parentPort?.on("message", () => parentPort?.postMessage({ whole, refused } satisfies Served));
}

async function measure(latency: number, spread: number, concurrency: number, takes = Infinity): Promise<void> {
  const server = new Worker(new URL(import.meta.url), { workerData: { latency, spread, takes } satisfies Server });
  const [port] = (await once(server, "message")) as [number];
  const { chatModel } = await openService({ id: "bench", title: "Bench", kind: "openai", baseURL: `http://127.0.0.1:${port}/v1`, apiKey: "none" });
  const records: TestRecord[] = Array.from({ length: requests / 2 }, (_, index) => ({ line: index + 1, prompt: [{ role: "user", content: `q${index}` }], reference: "a" }));
  const candidates = ["base", "tuned"].map((name) => ({ name, provider: "bench", model: chatModel(name) }));
  const begun = performance.now();
  const outcomes = await runEvaluation({ records, candidates, options: { temperature: 0, maximumTokens: 1 }, concurrency }, { find: () => undefined, keep: async () => undefined }, () => undefined, waiting, new AbortController().signal);
  const took = performance.now() - begun;
  server.postMessage("done");
  const [{ whole, refused }] = (await once(server, "message")) as [Served];
  await server.terminate();
  const failed = outcomes.flatMap((each) => each.outcomes).filter((outcome) => "failure" in outcome).length;
  const ideal = whole / Math.min(concurrency, takes);
  const limited = takes === Infinity ? "" : `, of which the server takes ${takes}: ${refused} refusals`;
  console.log(`${requests} requests of ${latency} ms ± ${spread * 100} %, ${concurrency} under way${limited}: ${(took / 1000).toFixed(2)} s, ideal ${(ideal / 1000).toFixed(2)} s, ratio ${(took / ideal).toFixed(3)}${failed > 0 ? `, ${failed} FAILED` : ""}`);
  if (failed > 0) process.exitCode = 1;
}
