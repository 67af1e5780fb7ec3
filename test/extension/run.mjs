import { build } from "esbuild";
import { cp, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { glob } from "tinyglobby";
import { assembly } from "../../esbuild.mjs";
import { runInExtensionHost } from "../host/extension-tests.mjs";
import { recordTotals } from "../support/totals-reporter.mjs";

// `node test/extension/run.mjs linting` runs only the files with "linting" in their path. The extension is the one in dist/: build first.
const filter = process.argv[2] ?? "";
const files = (await glob("test/extension/**/*.test.ts")).filter((file) => file.includes(filter)).sort();
if (files.length === 0) throw new Error(`No test file of test/extension has "${filter}" in its path.`);

/** Tests in `restricted/` see a workspace that the user has not trusted. */
const suites = [
  { name: "trusted", trusted: true, files: files.filter((file) => !file.includes("/restricted/")) },
  { name: "restricted", trusted: false, files: files.filter((file) => file.includes("/restricted/")) },
];

let passed = 0;
let failed = 0;
for (const suite of suites) {
  if (suite.files.length === 0) continue;
  const counts = await runSuite(suite).catch((error) => {
    console.error(`${suite.name}: ${error.message}`);
    return { passed: 0, failed: 1 };
  });
  passed += counts.passed;
  failed += counts.failed;
}
recordTotals(process.env.TUNESMITH_TEST_TIER ?? "extension", passed, failed);
process.exitCode = failed === 0 ? 0 : 1;

/** Bundles the files and runs them in a VS Code of their own, on a copy of the fixture workspace. */
async function runSuite({ name, trusted, files }) {
  const bundle = `out/test/extension/${name}/index.cjs`;
  const loaders = files.map((file) => `() => import(${JSON.stringify(`./${file}`)})`);
  await build({
    stdin: { contents: `import { runTests } from "./test/host/mocha-in-host.mjs";\nexport const run = () => runTests([${loaders.join(", ")}]);`, resolveDir: process.cwd() },
    outfile: bundle,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    sourcemap: "inline",
    logLevel: "warning",
    mainFields: ["module", "main"],
    define: { "process.env.TUNESMITH_PROJECT": JSON.stringify(process.cwd()) },
    plugins: [assembly],
    external: ["vscode", "mocha"],
  });
  const scratch = await realpath(await mkdtemp(join(tmpdir(), "tunesmith-")));
  try {
    const workspace = join(scratch, "workspace");
    await cp("test/fixtures/workspace", workspace, { recursive: true });
    return await runInExtensionHost({ bundle, workspace, trusted, logs: `out/logs/extension-${name}` });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
