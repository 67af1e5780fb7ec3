import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { performance } from "node:perf_hooks";

/** The tiers in the order in which they run, each in the folder of its name; a tier that fails does not keep the next from running. */
const tiers = ["unit", "webview", "engine", "extension", "e2e"].map((name) => ({ name, script: `test/${name}/run.mjs` }));

const totalsFile = "out/test-totals.jsonl";
mkdirSync("out", { recursive: true });
rmSync(totalsFile, { force: true });

/** Runs one program of Node with this process's output; gives its exit code. */
function run(name, parameters) {
  console.log(`\n== ${name}`);
  const environment = { ...process.env, TUNESMITH_TEST_TOTALS: totalsFile, TUNESMITH_TEST_TIER: name };
  const child = spawn(process.execPath, parameters, { stdio: "inherit", env: environment });
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}

const outcomes = [];
async function step(name, parameters, isTier) {
  const started = performance.now();
  const code = await run(name, parameters);
  outcomes.push({ name, code, isTier, seconds: Math.round((performance.now() - started) / 1000) });
  return code;
}

const prepared = (await step("check", ["node_modules/typescript/bin/tsc", "-b"], false)) === 0 && (await step("build", ["esbuild.mjs"], false)) === 0;
if (prepared) for (const { name, script } of tiers) await step(name, [script], true);

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
