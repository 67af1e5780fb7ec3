import { build } from "esbuild";
import { spawn } from "node:child_process";
import { node } from "../../esbuild.mjs";

/** Runs `node test/fuzz/run.mjs [records] [seed]`: a million mutated records unless it is said otherwise. */
await build({ ...node, entryPoints: ["test/fuzz/mutations.ts"], outdir: "out/fuzz", outExtension: { ".js": ".mjs" } });
const child = spawn(process.execPath, ["out/fuzz/mutations.mjs", ...process.argv.slice(2)], { stdio: "inherit" });
child.once("exit", (code) => {
  process.exitCode = code ?? 1;
});
