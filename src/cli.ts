#!/usr/bin/env node
import { writeSync } from "node:fs";
import { runProgram } from "./cli/program.ts";

const coloured = process.stdout.isTTY === true && !process.env["NO_COLOR"];
process.stdout.on("error", () => process.exit());
process.exitCode = await runProgram(process.argv.slice(2), {
  output: (text) => void process.stdout.write(text),
  notes: (text) => void writeSync(2, text),
  colour: coloured,
});
