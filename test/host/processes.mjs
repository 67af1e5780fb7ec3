import { readdirSync, readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

/**
 * The environment variable by which a run's processes are known. The local engine leaves the server's process group, because it outlives a window;
 * what it inherits still tells whose it is.
 */
export const runMark = "TUNESMITH_HOST_RUN";

/** Ends a server and all that descends from it: asks first, so that state can be written, and after `patience` milliseconds does not ask. */
export async function endRun(server, mark, patience = 3000) {
  if (process.platform === "win32") return killRun(server, mark);
  for (const pid of markedProcesses(mark)) signal(pid, "SIGTERM");
  for (let waited = 0; waited < patience && markedProcesses(mark).length > 0; waited += 100) await delay(100);
  killRun(server, mark);
}

/** The same at once and without waiting, for the end of this process. */
export function killRun(server, mark) {
  if (process.platform === "win32") {
    if (server.exitCode === null) spawnSync("taskkill", ["/pid", String(server.pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  if (server.pid !== undefined) signal(-server.pid, "SIGKILL");
  for (const pid of markedProcesses(mark)) signal(pid, "SIGKILL");
}

/** The ids of this user's processes that carry the mark in their environment. */
export function markedProcesses(mark) {
  const entry = `${runMark}=${mark}`;
  if (process.platform === "linux") return readdirSync("/proc").filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(entry)).map(Number);
  const listed = spawnSync("ps", ["-Eww", "-axo", "pid=,command="], { encoding: "utf8" }).stdout ?? "";
  return listed.split("\n").filter((line) => line.includes(entry)).map((line) => Number.parseInt(line, 10));
}

function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return [];
  }
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== "ESRCH" && error.code !== "EPERM") throw error;
  }
}
