import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { performance } from "node:perf_hooks";

/**
 * The tiers in the order in which they run, each in the folder of its name; those of an inner list run at once, each row of them one after the other. Training wants one processor, and what has
 * windows mostly waits. A tier that fails does not keep the next from running.
 */
const tiers = [[["unit"]], [["webview", "extension"], ["engine"]], [["e2e"]]];

const totalsFile = "out/test-totals.jsonl";
mkdirSync("out", { recursive: true });
rmSync(totalsFile, { force: true });

/** Runs one program of Node; gives its exit code. Its output is shown as it comes, or, where another runs beside it, when it has ended. */
async function run(name, parameters, beside) {
  console.log(`\n== ${name}${beside ? " has begun" : ""}`);
  const environment = { ...process.env, TUNESMITH_TEST_TOTALS: totalsFile, TUNESMITH_TEST_TIER: name };
  const child = spawn(process.execPath, parameters, { stdio: beside ? ["ignore", "pipe", "pipe"] : "inherit", env: environment });
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes) => printed.push(bytes));
  const code = await new Promise((resolve) => child.once(beside ? "close" : "exit", (code) => resolve(code ?? 1)));
  if (beside) process.stdout.write(`\n== ${name}\n${Buffer.concat(printed)}`);
  return code;
}

const outcomes = [];
async function step(name, parameters, { isTier = false, beside = false } = {}) {
  const started = performance.now();
  const code = await run(name, parameters, beside);
  outcomes.push({ name, code, isTier, seconds: Math.round((performance.now() - started) / 1000) });
  return code;
}

async function tierAfterTier(names, beside) {
  for (const name of names) await step(name, [`test/${name}/run.mjs`], { isTier: true, beside });
}

const prepared = (await step("check", ["node_modules/typescript/bin/tsc", "-b"])) === 0 && (await step("build", ["esbuild.mjs"])) === 0;
if (prepared) for (const atOnce of tiers) await Promise.all(atOnce.map((names) => tierAfterTier(names, atOnce.length > 1)));

const totals = readTotals();
let passed = 0;
let failed = 0;
console.log("");
for (const { name, code, isTier, seconds } of outcomes) {
  const counted = totals.filter(({ tier }) => tier === name);
  const sum = (key) => counted.reduce((total, entry) => total + entry[key], 0);
  passed += sum("passed");
  // A tier that ended badly without a failed test, or ran none, counts as one failure: nothing is skipped in silence.
  failed += Math.max(sum("failed"), code !== 0 || (isTier && sum("passed") === 0) ? 1 : 0);
  console.log(`${name.padEnd(10)} ${String(seconds).padStart(4)} s  ${isTier ? `${sum("passed")} passed, ${sum("failed")} failed` : ""}${code === 0 ? "" : `  exit code ${code}`}`);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function readTotals() {
  try {
    return readFileSync(totalsFile, "utf8").trim().split("\n").filter(Boolean).map((line) => JSON.parse(line));
  } catch {
    return [];
  }
}
