import { constants } from "node:os";
import { createInterface } from "node:readline/promises";
import { Worker } from "node:worker_threads";
import { spool } from "../workers/spool.ts";
import { createUnfinishedFiles, watchUnfinished } from "../workers/unfinished-files.ts";
import { exitCode } from "./streams.ts";
import { columnsOf, showsColours } from "./terminal.ts";
import type { FromThread, ThreadStart, ToThread } from "./thread-protocol.ts";

/** What a command leaves behind while it reads is garbage: with more room for what is new the thread would only hold more of it. */
const resourceLimits = { maxYoungGenerationSizeMb: 24 };

/**
 * Runs the program in a thread, writes what it says, hands it standard input when it asks, and sets the exit code. An interruption ends it at once
 * with the code that shells give (130 for Ctrl-C) and removes what it had not finished.
 */
export async function supervise(program: URL, parameters: readonly string[]): Promise<void> {
  const unfinished = createUnfinishedFiles();
  // A reader that has seen enough (`tunesmith lint … | head`) ends nothing but the output; a disk that is full loses it, and that is said.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    process.stderr.write(`Cannot write the output: ${error.message}.\n`);
    process.exitCode = exitCode.unusable;
  });
  process.stderr.on("error", () => undefined);
  watchUnfinished(unfinished.note);

  const unwritten = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const start: ThreadStart = { parameters, program: program.href, colour: showsColours(process.stdout, process.env), columns: columnsOf(process.stdout), unwritten };
  const thread = new Worker(program, { workerData: start, trackUnmanagedFds: false, resourceLimits });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      void thread.terminate().finally(() => {
        unfinished.remove();
        process.exit(128 + constants.signals[signal]);
      });
    });
  }
  const answer = (message: ToThread): void => thread.postMessage(message);
  thread.on("message", (message: FromThread) => {
    switch (message.type) {
      case "output":
      case "notes": {
        const { text } = message;
        return void (message.type === "output" ? process.stdout : process.stderr).write(text, () => {
          Atomics.sub(unwritten, 0, text.length);
          Atomics.notify(unwritten, 0);
        });
      }
      case "unfinished":
        return unfinished.note(message.file);
      case "wants-input":
        return void spool("-", process.stdin).then(({ path, packed }) => answer({ type: "input", path, packed }), (error: Error) => answer({ type: "no-input", message: error.message }));
      case "asks":
        return void askAtTerminal(message.question).then((given) => answer({ type: "word", given }));
      case "ended":
        // Set and not exited with, so that what still waits for a slow pipe is written; a failed output has set it already.
        process.exitCode ??= message.code;
    }
  });
  thread.on("error", (error: NodeJS.ErrnoException) => {
    process.exitCode = exitCode.unusable;
    process.stderr.write(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "There is too little memory for all that was found. Check fewer files at a time, or give Node more with --max-old-space-size.\n" : `Tunesmith failed, which it should not; please report this.\n${error.stack ?? error.message}\n`);
  });
  await new Promise<void>((resolve) => thread.once("exit", () => resolve()));
  unfinished.remove();
}

/** Only a person at a terminal can give a word: what is piped in was not written as an answer to this question. */
async function askAtTerminal(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
