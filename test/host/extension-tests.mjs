import { createWriteStream } from "node:fs";
import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { format } from "node:util";
import { launchBrowser } from "./browser.mjs";
import { remoteUri, startServer, workbenchAddress } from "./server.mjs";

/**
 * Runs a bundle of tests (it exports `run()`) inside the extension host of a real VS Code, with the extension of this repository in development mode
 * and `workspace` open (a folder, or a `.code-workspace`), `settings` as the user's and `environment` beside its own variables. Prints mocha's report and gives its counts, `{ passed, failed }`. Throws, with the end of VS Code's log, when the tests did not come to an end.
 * The logs stay in `logs` when something went wrong.
 */
export async function runInExtensionHost({ bundle, workspace, logs, settings = {}, environment = {}, trusted = true, testTimeout = 30_000, runTimeout = 600_000 }) {
  await rm(logs, { recursive: true, force: true });
  await mkdir(logs, { recursive: true });
  const report = resolve(logs, "report.txt");
  const counts = resolve(logs, "counts.json");
  const workbenchLog = join(logs, "workbench.log");
  const workbench = createWriteStream(workbenchLog);
  const ends = [() => workbench.end()];
  try {
    const server = await startServer({
      trusted,
      settings,
      smokeTestDriver: true,
      logFile: join(logs, "server.log"),
      environment: { ...environment, TUNESMITH_TEST_REPORT: report, TUNESMITH_TEST_COUNTS: counts, TUNESMITH_TEST_TIMEOUT: String(testTimeout), TUNESMITH_TEST_COLOR: process.stdout.isTTY ? "1" : "0" },
    });
    ends.unshift(server.stop);
    const browser = await launchBrowser({ home: join(server.scratch, "browser") });
    ends.unshift(() => browser.close());
    const printing = follow(report, process.stdout);
    ends.unshift(printing.stop);

    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const code = await new Promise((finish, fail) => {
      const timer = setTimeout(() => fail(new Error(`The tests did not end within ${runTimeout / 1000} seconds.`)), runTimeout);
      ends.unshift(() => clearTimeout(timer));
      server.ended.then(() => fail(new Error("VS Code's server ended before the tests did.")));
      page.on("crash", () => fail(new Error("The browser's page crashed.")));
      page.on("pageerror", (error) => workbench.write(`page error: ${error.stack ?? error.message}\n`));
      page
        .exposeFunction("codeAutomationLog", (type, parts) => workbench.write(`${type}: ${format(...parts)}\n`))
        .then(() => page.exposeFunction("codeAutomationExit", finish))
        .then(() => page.goto(workbenchAddress(server, workspace, [
          ["extensionDevelopmentPath", remoteUri(server, process.cwd())],
          ["extensionTestsPath", remoteUri(server, resolve(bundle))],
          ["skipWelcome", "true"],
        ])))
        .catch(fail);
    });
    await printing.stop();
    return await readCounts(counts, code);
  } catch (error) {
    const summary = await summaryOf(workbenchLog);
    throw new Error(`${error.message}\nVS Code's logs: ${logs}\n${summary}`, { cause: error });
  } finally {
    for (const end of ends) await end();
  }
}

async function readCounts(file, code) {
  const counts = await readFile(file, "utf8").then(JSON.parse, () => undefined);
  if (!counts) throw new Error(`The tests ended with code ${code} before mocha did; VS Code could not load them.`);
  if (counts.passed + counts.failed === 0) throw new Error("No test ran.");
  return counts;
}

/** Copies what is appended to a file to a stream, until told to stop. */
function follow(path, stream) {
  let going = true;
  let position = 0;
  const copy = async () => {
    const file = await open(path).catch(() => undefined);
    if (!file) return;
    try {
      const buffer = Buffer.alloc(65_536);
      for (let read; (read = (await file.read(buffer, 0, buffer.length, position)).bytesRead) > 0; position += read) stream.write(Buffer.from(buffer.subarray(0, read)));
    } finally {
      await file.close();
    }
  };
  const loop = (async () => {
    for (; going; await delay(200)) await copy();
    await copy();
  })();
  return { stop: () => ((going = false), loop) };
}

/** The errors in a log, and its last lines; without network and a gallery VS Code complains of both. */
async function summaryOf(path) {
  const lines = (await readFile(path, "utf8").catch(() => "")).trimEnd().split("\n");
  const errors = lines.filter((line) => /^(page )?error: /.test(line) && !/Service Worker|ENOTFOUND|Timed out waiting for authentication provider/.test(line));
  return [...errors.slice(0, 20), "…", ...lines.slice(-10)].join("\n");
}
