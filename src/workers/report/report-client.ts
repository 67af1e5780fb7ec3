import { Worker } from "node:worker_threads";
import type { ReportAccess, ReportReader } from "../../evaluation/reader/report-reader.ts";
import type { FromReportWorker, ToReportWorker } from "./report-protocol.ts";

/** The host's side of a saved report that a worker of its own has in memory. */
export interface ReportClient extends ReportAccess {
  /** Ends the worker; requests that wait are rejected. */
  dispose(): void;
}

/** Opens the report of either version at `path` in a worker that runs `workerFile`. Rejects with an Error that says which file it is and what is wrong with it. */
export async function openReport(workerFile: URL, path: string): Promise<ReportClient> {
  const worker = new Worker(workerFile);
  const waiting = new Map<number, { resolve(result: unknown): void; reject(reason: Error): void }>();
  let last = 0;
  let ended: string | undefined;

  function end(message: string): void {
    ended = message;
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
    void worker.terminate();
  }

  worker.on("message", (message: FromReportWorker) => {
    const request = waiting.get(message.request);
    waiting.delete(message.request);
    if (message.type === "failed") request?.reject(new Error(message.message));
    else request?.resolve(message.result);
  });
  worker.on("error", (error) => end(`The report could not be read further: ${error.message}. Open it again.`));

  function ask(message: (request: number) => ToReportWorker): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (ended !== undefined) return reject(new Error(ended));
      last += 1;
      waiting.set(last, { resolve, reject });
      worker.postMessage(message(last));
    });
  }

  function read<Name extends keyof ReportReader>(name: Name): ReportAccess[Name] {
    const call = (...params: Parameters<ReportReader[Name]>): Promise<unknown> => ask((request) => ({ type: "read", request, name, params }) as ToReportWorker);
    return call as unknown as ReportAccess[Name];
  }

  try {
    await ask((request) => ({ type: "open", request, path }));
  } catch (error) {
    end("The report is not open.");
    throw error;
  }
  return {
    head: read("head"), candidates: read("candidates"), overview: read("overview"), rows: read("rows"), record: read("record"),
    reviewTurn: read("reviewTurn"), reviewEntry: read("reviewEntry"), blindCandidates: read("blindCandidates"),
    dispose: () => end("The report was closed."),
  };
}
