import { cp, mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { cacheFolder } from "./cache.mjs";
import { findProgram } from "./find-program.mjs";
import { packExtension } from "./package.mjs";
import { installExtension, startServer, workbenchAddress } from "./server.mjs";

const { values } = parseArgs({ options: { port: { type: "string", default: "0" }, help: { type: "boolean", default: false } } });
if (values.help) console.log("npm start [-- --port PORT]\nOpens the sample workspace with Tunesmith in VS Code. Without a desktop VS Code on PATH it is served to the browser on PORT, by default a free one.");
else await start(Number(values.port));

async function start(port) {
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`--port ${values.port} is no port; expected a number from 0 to 65535.`);
  const workspace = await freshSample();
  const desktop = process.env.CI ? undefined : findProgram("code");
  if (desktop) return openOnDesktop(desktop, workspace);

  const extensions = join(cacheFolder(), "start", "extensions");
  await rm(extensions, { recursive: true, force: true });
  await installExtension(await packExtension(), extensions, {});
  const server = await startServer({ port, extensions });
  console.log(`\nTunesmith runs in VS Code at\n\n  ${workbenchAddress(server, workspace)}\n\nOpen it in a browser. The sample workspace is ${workspace}. Ctrl-C ends everything.`);
  const stop = () => void server.stop();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  await server.exited;
}

/** A copy of the sample to try things on; a new one at each start, so that the first step always shows the faults. */
async function freshSample() {
  const workspace = join(cacheFolder(), "start", "sample");
  await rm(workspace, { recursive: true, force: true });
  await mkdir(join(workspace, ".."), { recursive: true });
  await cp("media/sample", workspace, { recursive: true });
  return workspace;
}

function openOnDesktop(code, workspace) {
  const parameters = [`--extensionDevelopmentPath=${resolve(".")}`, workspace, join(workspace, "banking-train.jsonl")];
  spawn(code, parameters, { stdio: "inherit", shell: process.platform === "win32" });
  console.log(`Tunesmith opens in your VS Code, on ${workspace}.`);
}
