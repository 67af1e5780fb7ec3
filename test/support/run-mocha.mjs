import { build } from "esbuild";
import { assembly, banner } from "../../esbuild.mjs";
import { rm } from "node:fs/promises";
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { glob } from "tinyglobby";

/**
 * Bundles the test files of one tier and runs mocha over them in Node. Files are found by glob, never listed.
 * `vscode` means the small fake of test/support. With `parallel`, files run in as many processes as there are cores. Gives mocha's exit code.
 */
export async function runMocha({ tier, filter = "", timeout = 30_000, parallel = false, environment = {} }) {
  const outdir = join("out/test", filter ? `${tier}-${filter.replaceAll(/[^a-z0-9]+/gi, "-")}` : tier);
  const files = (await glob(`test/${tier}/**/*.test.ts`)).filter((file) => file.includes(filter)).sort();
  if (files.length === 0) throw new Error(`No test file of test/${tier} has "${filter}" in its path.`);
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: files,
    outdir,
    outbase: `test/${tier}`,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    sourcemap: "inline",
    logLevel: "warning",
    mainFields: ["module", "main"],
    plugins: [assembly],
    alias: { vscode: "./test/support/vscode.ts" },
    external: ["mocha", "esbuild", "assemblyscript", "fast-check", "playwright-core", "axe-core", "ajv", "tinyglobby"],
    outExtension: { ".js": ".mjs" },
    banner,
  });
  const mocha = spawn(
    process.execPath,
    ["--enable-source-maps", "node_modules/mocha/bin/mocha.js", "--reporter", "test/support/totals-reporter.mjs", "--timeout", String(timeout), "--forbid-only", "--forbid-pending", ...(parallel ? ["--parallel", "--jobs", String(availableParallelism())] : []), `${outdir.replaceAll("\\", "/")}/**/*.test.mjs`],
    { stdio: "inherit", env: { ...process.env, ...environment } },
  );
  return new Promise((resolve) => mocha.once("exit", (code) => resolve(code ?? 1)));
}
