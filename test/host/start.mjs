import { cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { cacheFolder } from "./cache.mjs";
import { obtainDesktop, openOnDesktop } from "./desktop.mjs";
import { packExtension } from "./package.mjs";
import { startServer, workbenchAddress } from "./server.mjs";

const usage = `npm start [-- OPTIONS]

Opens the sample workspace with Tunesmith in a real VS Code: the desktop's where there is one, otherwise one that is served to your browser.

  --browser     serve to the browser also on a desktop
  --port PORT   serve on this port of 127.0.0.1; by default 8765, or a free one when that is in use
  --fresh       begin with a new copy of the sample, even if the last one has results
  --help        print this`;

const usualPort = 8765;
const dataset = "banking-train.jsonl";
const home = join(cacheFolder(), "start");

await main().catch((error) => {
  console.error(error.message);
  process.exitCode = 2;
});

async function main() {
  const { help, browser, port, fresh } = readArguments();
  if (help) return console.log(usage);
  const workspace = await openSample(fresh);
  const desktop = browser || port !== undefined ? undefined : await obtainDesktop();
  if (desktop) {
    await openOnDesktop(desktop, workspace, join(workspace, dataset));
    return console.log(`\nTunesmith opens in your VS Code, on ${workspace}. Close its window to end it.`);
  }
  const server = await serve(port);
  console.log(`\nTunesmith runs in VS Code at\n\n  ${workbenchAddress(server, workspace)}\n\nOpen it in a browser. The sample workspace is ${workspace}. Ctrl-C ends everything.`);
  const code = await server.ended;
  throw new Error(`VS Code's server ended by itself with exit code ${code}; its log is ${server.logFile}.`);
}

function readArguments() {
  const options = { browser: { type: "boolean" }, port: { type: "string" }, fresh: { type: "boolean" }, help: { type: "boolean" } };
  let values;
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw new Error(`${error.message}\n\n${usage}`, { cause: error });
  }
  if (values.port === undefined) return values;
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error(`--port: "${values.port}" is no port; expected a number from 0 (a free one) to 65535.`);
  return { ...values, port };
}

/** The packed extension in VS Code's server; the data stay between starts, and so does the port, by which a browser keeps what it stores. */
async function serve(port) {
  const options = { vsix: await packExtension(), folder: join(home, "server"), ownHome: false, logFile: join(home, "server.log") };
  if (port !== undefined) return startServer({ ...options, port });
  return startServer({ ...options, port: usualPort }).catch((error) => {
    if (error.code !== "EADDRINUSE") throw error;
    return startServer({ ...options, port: 0 });
  });
}

/** A copy of the sample to try things on: a new one at each start, so that its first step shows the faults, unless the last one has results to lose. */
async function openSample(fresh) {
  const workspace = join(home, "tunesmith-sample");
  const kept = await readdir(join(workspace, ".tunesmith")).catch(() => []);
  if (!fresh && kept.some((name) => name !== "walkthrough")) return workspace;
  const draft = `${workspace}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await cp("media/sample", draft, { recursive: true });
  await rm(workspace, { recursive: true, force: true });
  await rename(draft, workspace);
  return workspace;
}
