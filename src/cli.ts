#!/usr/bin/env node
import { runProgram } from "./cli/program.ts";

// A reader that has seen enough (`tunesmith lint … | head`) ends nothing but the output; a disk that is full loses it, and that is said.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  process.stderr.write(`Cannot write the output: ${error.message}.\n`);
  process.exitCode = 2;
});
process.stderr.on("error", () => undefined);

const code = await runProgram(process.argv.slice(2), {
  output: (text) => void process.stdout.write(text),
  notes: (text) => void process.stderr.write(text),
  colour: process.stdout.isTTY === true && !process.env["NO_COLOR"],
});
// Set and not exited with, so that what still waits for a slow pipe is written; a failed output has set it already.
process.exitCode ??= code;
