import { build } from "esbuild";
import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { basename } from "node:path";
import { glob } from "tinyglobby";
import { node } from "../../esbuild.mjs";

/**
 * Runs the benchmarks: every `test/bench/*.bench.ts` is a program that prints its figures. `node test/bench/run.mjs lint` runs those with
 * "lint" in their name. Each runs in a process of its own, one after the other, so that its peak of memory is its own.
 */
const filter = process.argv[2] ?? "";
const outdir = "out/bench";
const files = (await glob("test/bench/*.bench.ts")).filter((file) => basename(file).includes(filter)).sort();
if (files.length === 0) throw new Error(`No benchmark has "${filter}" in its name.`);
await rm(outdir, { recursive: true, force: true });
await build({ ...node, entryPoints: files, outdir, outExtension: { ".js": ".mjs" }, external: [...node.external, "esbuild", "playwright-core", "tiktoken"] });
for (const file of files) {
  console.log(`\n== ${basename(file, ".bench.ts")}`);
  const code = await run(`${outdir}/${basename(file, ".ts")}.mjs`);
  if (code !== 0) process.exitCode = 1;
}

function run(program) {
  const child = spawn(process.execPath, [program], { stdio: "inherit" });
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}
