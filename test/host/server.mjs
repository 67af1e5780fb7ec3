import { randomUUID } from "node:crypto";
import { spawn } from "node:child_process";
import { createWriteStream, rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cacheFolder } from "./cache.mjs";
import { obtainServer } from "./obtain.mjs";
import { output } from "./output.mjs";
import { endRun, killRun, runMark } from "./processes.mjs";

/** Settings that keep the workbench still: no greeting, no assistant, no second side bar. */
const calmSettings = {
  "chat.disableAIFeatures": true,
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.tips.enabled": false,
  "editor.minimap.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "git.openRepositoryInParentFolders": "never",
  "update.showReleaseNotes": false,
};

/**
 * Starts VS Code's server on loopback. Gives `{ port, address, scratch, logFile, ended, stop }`: `stop` ends the server and all that it started, and so does
 * the end of this process by any signal that can be caught; `ended` resolves with an exit code when the server ended without being asked to.
 * What it writes stays in `folder` and `scratch`; `scratch` is removed at the end.
 *
 * - `folder`: keeps the server's data; without it they are in `scratch`
 * - `settings`: the user's settings
 * - `trusted`: false lets workspaces open in Restricted Mode
 * - `vsix`: an extension package to install
 * - `smokeTestDriver`: true allows tests inside the extension host (and turns toasts off)
 * - `ownHome`: false leaves HOME as it is, for a person's use
 * - `environment`: further environment variables; the extension host gets them too
 */
export async function startServer({ folder, port = 0, settings = {}, trusted = true, vsix, smokeTestDriver = false, ownHome = true, environment = {}, logFile, log }) {
  const { node, main } = await obtainServer(log);
  // Kept short, because Unix sockets go inside, whose paths may have 107 bytes.
  const scratch = await mkdtemp(join(tmpdir(), "ts-"));
  const data = folder ?? join(scratch, "server");
  const settingsFile = join(data, "data/User/settings.json");
  await mkdir(dirname(settingsFile), { recursive: true });
  await writeFile(settingsFile, JSON.stringify({ ...calmSettings, "security.workspace.trust.enabled": !trusted, ...settings }, undefined, 2));
  logFile ??= join(scratch, "server.log");
  await mkdir(dirname(logFile), { recursive: true });

  const mark = randomUUID();
  const env = { ...process.env, ...(await ownFolders(scratch, ownHome)), [runMark]: mark, ...environment };
  const extensions = join(scratch, "extensions");
  if (vsix) await output(node, [main, ...storageArguments(data, extensions), "--install-extension", vsix, "--force"], { cwd: scratch, env });
  const server = spawn(node, [main, ...storageArguments(data, extensions), ...serverArguments(port, smokeTestDriver)], {
    // A group of its own: ending the server alone would leave the extension host alive for its three hours of grace.
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
    cwd: scratch,
    env,
  });
  const logStream = createWriteStream(logFile);
  server.stdout.pipe(logStream, { end: false });
  server.stderr.pipe(logStream, { end: false });

  let stopping;
  const exited = new Promise((resolve) => server.once("close", resolve).once("error", resolve));
  const ended = new Promise((resolve) => exited.then((code) => stopping || resolve(code)));
  const release = onEnd({
    asked: () => stop(),
    atOnce() {
      killRun(server, mark);
      rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
    },
  });
  const stop = () => (stopping ??= (async () => {
    await endRun(server, mark);
    await exited;
    release();
    await new Promise((resolve) => logStream.end(resolve));
    await rm(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  })());

  try {
    const listening = await listeningPort(server, ended, port);
    return { port: listening, address: `http://127.0.0.1:${listening}/`, scratch, logFile, ended, stop };
  } catch (error) {
    const printed = await readFile(logFile, "utf8").catch(() => "");
    await stop();
    if (error.code === "EADDRINUSE") throw error;
    throw new Error(`${error.message}\n${printed.trimEnd().split("\n").slice(-30).join("\n")}`, { cause: error });
  }
}

/** The workbench's address for a folder or a `.code-workspace` on this machine; `payload` has pairs such as `["openFile", …]`. */
export function workbenchAddress(server, workspace, payload = []) {
  const parameters = [`${workspace.endsWith(".code-workspace") ? "workspace" : "folder"}=${encodeURI(urlPath(workspace))}`];
  if (payload.length > 0) parameters.push(`payload=${encodeURIComponent(JSON.stringify(payload))}`);
  return `${server.address}?${parameters.join("&")}`;
}

/** The address of a file on this machine as the workbench in the browser names it. */
export function remoteUri(server, path) {
  return `vscode-remote://127.0.0.1:${server.port}${encodeURI(urlPath(path))}`;
}

function urlPath(path) {
  const forward = path.replaceAll("\\", "/");
  return forward.startsWith("/") ? forward : `/${forward}`;
}

function storageArguments(data, extensions) {
  return ["--server-data-dir", data, "--extensions-dir", extensions, "--accept-server-license-terms", "--telemetry-level", "off"];
}

function serverArguments(port, smokeTestDriver) {
  return ["--host", "127.0.0.1", "--port", String(port), "--without-connection-token", "--reconnection-grace-time", "0", ...(smokeTestDriver ? ["--enable-smoke-test-driver"] : [])];
}

/** Environment that keeps sockets, caches and device ids inside the folder. */
async function ownFolders(folder, ownHome) {
  const home = { HOME: "home", XDG_CACHE_HOME: "cache", XDG_CONFIG_HOME: "config", XDG_DATA_HOME: "share", XDG_STATE_HOME: "state" };
  // The cache is named, because with another HOME the extension would look for it elsewhere.
  const variables = { TUNESMITH_CACHE: cacheFolder() };
  for (const [name, part] of Object.entries({ TMPDIR: "tmp", XDG_RUNTIME_DIR: "run", ...(ownHome ? home : {}) })) {
    variables[name] = join(folder, part);
    await mkdir(variables[name], { recursive: true, mode: 0o700 });
  }
  return variables;
}

function listeningPort(server, ended, port) {
  return new Promise((resolve, reject) => {
    let printed = "";
    const timer = setTimeout(() => reject(new Error("VS Code's server did not say within 60 seconds that it listens.")), 60_000);
    const settle = (act, value) => {
      clearTimeout(timer);
      act(value);
    };
    const listen = (data) => {
      printed += data;
      const found = /Extension host agent listening on (\d+)/.exec(printed);
      if (found) settle(resolve, Number(found[1]));
      // The server complains and stays.
      if (printed.includes("EADDRINUSE")) settle(reject, Object.assign(new Error(`Port ${port} is in use. Choose another with --port, or 0 for a free one.`), { code: "EADDRINUSE" }));
    };
    server.stdout.on("data", listen);
    server.stderr.on("data", listen);
    server.once("error", (error) => settle(reject, error));
    ended.then((code) => settle(reject, new Error(`VS Code's server ended at once with exit code ${code}.`)));
  });
}

/** Calls `asked` when this process is told to end, for instance by Ctrl-C, and `atOnce` when it ends in any other way; gives what takes that back. */
function onEnd({ asked, atOnce }) {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  const end = () => void asked().finally(() => process.exit(130));
  process.once("exit", atOnce);
  for (const name of signals) process.once(name, end);
  return () => {
    process.removeListener("exit", atOnce);
    for (const name of signals) process.removeListener(name, end);
  };
}
