import { appendFileSync, writeFileSync } from "node:fs";
import { format } from "node:util";

/**
 * Runs test files inside the extension host: `loaders` import them once mocha's globals are there. The report goes to the file of TUNESMITH_TEST_REPORT
 * and the counts to that of TUNESMITH_TEST_COUNTS, because the host's console is VS Code's. Rejects when a test failed.
 */
export async function runTests(loaders) {
  const { default: Mocha } = await import("mocha");
  Mocha.reporters.Base.consoleLog = (...parts) => appendFileSync(process.env.TUNESMITH_TEST_REPORT, `${format(...parts)}\n`);
  const mocha = new Mocha({ ui: "bdd", timeout: Number(process.env.TUNESMITH_TEST_TIMEOUT), color: process.env.TUNESMITH_TEST_COLOR === "1", forbidOnly: true, forbidPending: true });
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  for (const load of loaders) await load();
  const { stats } = await new Promise((resolve) => {
    const runner = mocha.run(() => resolve(runner));
  });
  writeFileSync(process.env.TUNESMITH_TEST_COUNTS, JSON.stringify({ passed: stats.passes, failed: stats.failures }));
  if (stats.failures > 0) throw new Error(`${stats.failures} tests failed.`);
}
