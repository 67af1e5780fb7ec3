import { once } from "node:events";
import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { FileError } from "../workers/file-error.ts";
import { watchUnfinished } from "../workers/unfinished-files.ts";
import { runProgram } from "./program.ts";
import type { Streams } from "./streams.ts";
import type { FromThread, ThreadStart, ToThread } from "./thread-protocol.ts";

const mostUnwritten = 1 << 22;

/**
 * Runs the program in this thread for `supervise`, which writes what it has to say. Large files are linted in threads that run `rangeWorker`; `pages` is the
 * folder of the rules' pages, which may lack.
 */
export async function runInThread({ rangeWorker, pages }: { readonly rangeWorker: URL; readonly pages: URL }): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error("This is not the program's thread.");
  const { parameters, program, colour, columns, unwritten } = workerData as ThreadStart;
  const send = (message: FromThread): void => port.postMessage(message);
  const write = (type: "output" | "notes") => (text: string): void => {
    if (text === "") return;
    Atomics.add(unwritten, 0, text.length);
    send({ type, text });
    for (let waiting = Atomics.load(unwritten, 0); waiting > mostUnwritten; waiting = Atomics.load(unwritten, 0)) Atomics.wait(unwritten, 0, waiting);
  };
  const ask = async (question: FromThread): Promise<ToThread> => {
    send(question);
    const [answer] = (await once(port, "message")) as [ToThread];
    return answer;
  };
  const rulePage = (rule: string): string | undefined => {
    try {
      return readFileSync(new URL(`${rule}.md`, pages), "utf8");
    } catch {
      return undefined;
    }
  };
  const input: Streams["input"] = async () => {
    const answer = await ask({ type: "wants-input" });
    if (answer.type !== "input") throw new FileError("read", "-", new Error(answer.type === "no-input" ? answer.message : "it was not given"));
    return answer;
  };
  const confirm: Streams["confirm"] = async (question) => {
    const answer = await ask({ type: "asks", question });
    return answer.type === "word" && answer.given;
  };
  watchUnfinished((file) => send({ type: "unfinished", file }));
  send({ type: "ended", code: await runProgram(parameters, { output: write("output"), notes: write("notes"), input, confirm, signal: new AbortController().signal, program: new URL(program), colour, columns, rangeWorker, rulePage }) });
}
