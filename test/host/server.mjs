import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "./cache.mjs";
import { obtainServer } from "./obtain.mjs";
import { output } from "./output.mjs";

/** Settings that keep the workbench still: no greeting, no assistant, no second side bar. */
export const calmSettings = {
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
 * Starts VS Code's server on loopback and gives `{ port, address, folder, logFile, stop, describeFailure }`. All that it writes stays in `folder`,
 * a temporary one unless given, which `stop` removes again when it was temporary. `stop` ends the server and all that it started; so does the end of this process.
 *
 * - `settings`: the user's settings
 * - `trusted`: false lets workspaces open in Restricted Mode
 * - `smokeTestDriver`: true allows tests inside the extension host (and turns toasts off)
 * - `environment`: further environment variables; the extension host gets them too
 */
export async function startServer({ folder, port = 0, settings = {}, trusted = true, extensions, smokeTestDriver = false, environment = {}, ownHome = true, logFile, log }) {
  const { node, main } = await obtainServer(log);
  const temporary = folder === undefined;
  // Kept short, because the server puts Unix sockets inside, whose paths may have 107 bytes.
  folder ??= await mkdtemp(join(tmpdir(), "ts-"));
  await mkdir(join(folder, "data/User"), { recursive: true });
  await writeFile(join(folder, "data/User/settings.json"), JSON.stringify({ ...calmSettings, "security.workspace.trust.enabled": !trusted, ...settings }, undefined, 2));

  logFile ??= join(folder, "server.log");
  const server = spawn(node, [main, ...serverArguments({ folder, port, extensions, smokeTestDriver })], {
    // A group of its own: ending the server alone would leave the extension host alive for its three hours of grace.
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
    cwd: folder,
    env: { ...process.env, ...(await ownFolders(folder, ownHome)), ...environment },
  });
  const logStream = createWriteStream(logFile);
  server.stdout.pipe(logStream, { end: false });
  server.stderr.pipe(logStream, { end: false });

  const exited = new Promise((resolve) => server.once("close", resolve));
  const kill = () => endGroup(server);
  process.once("exit", kill);
  let stopping;
  const stop = () => (stopping ??= (async () => {
    kill();
    await exited;
    process.removeListener("exit", kill);
    logStream.end();
    if (temporary) await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  })());
  const describeFailure = async () => `Server log ${logFile}:\n${(await readFile(logFile, "utf8").catch(() => "")).trimEnd().split("\n").slice(-40).join("\n")}`;

  try {
    const listening = await listeningPort(server, exited, port);
    return { port: listening, address: `http://127.0.0.1:${listening}/`, folder, logFile, exited, stop, describeFailure };
  } catch (error) {
    const report = await describeFailure();
    await stop();
    throw new Error(`${error.message}\n${report}`, { cause: error });
  }
}

/** Installs an extension package into an extensions folder, with the server's own installer. */
export async function installExtension(vsix, extensions, { log } = {}) {
  const { node, main } = await obtainServer(log);
  const folder = await mkdtemp(join(tmpdir(), "ts-"));
  try {
    await output(node, [main, "--install-extension", vsix, "--force", "--extensions-dir", extensions, "--server-data-dir", folder, "--accept-server-license-terms", "--telemetry-level", "off"],
      { cwd: folder, env: { ...process.env, ...(await ownFolders(folder, true)) } });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The workbench's address for a folder on this machine; `payload` has pairs such as `["openFile", …]`. */
export function workbenchAddress(server, workspace, payload = []) {
  const url = new URL(server.address);
  url.searchParams.set("folder", urlPath(workspace));
  if (payload.length > 0) url.searchParams.set("payload", JSON.stringify(payload));
  return url.href.replaceAll("%2F", "/");
}

/** The address of a file on this machine as the workbench in the browser names it. */
export function remoteUri(server, path) {
  return `vscode-remote://127.0.0.1:${server.port}${encodeURI(urlPath(path))}`;
}

function urlPath(path) {
  const forward = path.replaceAll("\\", "/");
  return forward.startsWith("/") ? forward : `/${forward}`;
}

function serverArguments({ folder, port, extensions, smokeTestDriver }) {
  return [
    "--host", "127.0.0.1",
    "--port", String(port),
    "--without-connection-token",
    "--accept-server-license-terms",
    "--telemetry-level", "off",
    "--reconnection-grace-time", "0",
    "--server-data-dir", folder,
    ...(extensions ? ["--extensions-dir", extensions] : []),
    ...(smokeTestDriver ? ["--enable-smoke-test-driver"] : []),
  ];
}

/** Environment that keeps sockets, caches and device ids inside the folder. */
async function ownFolders(folder, ownHome) {
  const inside = { TMPDIR: "tmp", XDG_RUNTIME_DIR: "run", ...(ownHome ? { HOME: "home", XDG_CACHE_HOME: "cache", XDG_CONFIG_HOME: "config", XDG_DATA_HOME: "share" } : {}) };
  // The cache is named, because with another HOME the extension would look for it elsewhere.
  const variables = { TUNESMITH_CACHE: cacheFolder() };
  for (const [name, part] of Object.entries(inside)) {
    variables[name] = join(folder, part);
    await mkdir(variables[name], { recursive: true, mode: 0o700 });
  }
  return variables;
}

function listeningPort(server, exited, port) {
  return new Promise((resolve, reject) => {
    let printed = "";
    const timer = setTimeout(() => reject(new Error("VS Code's server did not say within 60 seconds that it listens.")), 60_000);
    const done = (act) => {
      clearTimeout(timer);
      act();
    };
    server.stdout.on("data", (data) => {
      printed += data;
      const found = /Extension host agent listening on (\d+)/.exec(printed);
      if (found) done(() => resolve(Number(found[1])));
    });
    server.once("error", (error) => done(() => reject(error)));
    exited.then((code) => done(() => reject(new Error(/EADDRINUSE/.test(printed) ? `Port ${port} is in use; choose another with --port.` : `VS Code's server ended at once with exit code ${code}.`))));
  });
}

function endGroup(server) {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  try {
    if (process.platform === "win32") spawn("taskkill", ["/pid", String(server.pid), "/T", "/F"], { stdio: "ignore" });
    else process.kill(-server.pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
