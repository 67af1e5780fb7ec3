import { build } from "esbuild";
import { once } from "node:events";
import { cp, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
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

/** Tests in `restricted/` see a workspace that the user has not trusted; those in `hostile/` see a stranger's, trusted and not. */
const isIn = (folder) => (file) => file.includes(`/${folder}/`);
const suites = [
  { name: "trusted", trusted: true, files: files.filter((file) => !isIn("restricted")(file) && !isIn("hostile")(file)) },
  { name: "restricted", trusted: false, files: files.filter(isIn("restricted")) },
  { name: "hostile-trusted", trusted: true, files: files.filter(isIn("hostile")), prepare: strangersWorkspace },
  { name: "hostile-restricted", trusted: false, files: files.filter(isIn("hostile")), prepare: strangersWorkspace },
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

async function plainWorkspace(scratch) {
  const workspace = join(scratch, "workspace");
  await cp("test/fixtures/workspace", workspace, { recursive: true });
  return { workspace };
}

/** All folders of `test/fixtures/hostile` as one workspace, whose own settings are a stranger's too; the user has a service "Ours" at which the test listens. */
async function strangersWorkspace(scratch) {
  const folder = join(scratch, "hostile");
  await cp("test/fixtures/hostile", folder, { recursive: true });
  const [thief, service] = await freePorts(2);
  const mark = join(scratch, "mark");
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  for (const file of await glob("**", { cwd: folder, dot: true, ignore: [] })) {
    const text = await readFile(join(folder, file), "utf8");
    await writeFile(join(folder, file), text.replaceAll("THIEF", `http://127.0.0.1:${thief}`).replaceAll("MARK", mark.replaceAll("\\", "/")));
  }
  const workspace = join(folder, "strangers.code-workspace");
  const settings = { "tunesmith.endpoints": { Ours: `http://127.0.0.1:${thief}/v1` }, "tunesmith.engine.python": join(folder, "named-program/python.py") };
  await writeFile(workspace, JSON.stringify({ folders: names.map((path) => ({ path })), settings }));
  return {
    workspace,
    settings: { "tunesmith.endpoints": { Ours: `http://127.0.0.1:${service}/v1` } },
    environment: { TUNESMITH_TEST_THIEF: String(thief), TUNESMITH_TEST_SERVICE: String(service), TUNESMITH_TEST_MARK: mark },
  };
}

/** Ports that nobody listens at. */
async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}

/** Bundles the files and runs them in a VS Code of their own, on a copy of the fixture workspace. */
async function runSuite({ name, trusted, files, prepare = plainWorkspace }) {
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
    return await runInExtensionHost({ bundle, trusted, logs: `out/logs/extension-${name}`, ...(await prepare(scratch)) });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
