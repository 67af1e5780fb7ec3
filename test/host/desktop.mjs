import { downloadAndUnzipVSCode, SilentReporter } from "@vscode/test-electron";
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { cacheFolder } from "./cache.mjs";
import { findProgram } from "./find-program.mjs";

/**
 * A VS Code for this desktop: `code` on PATH, else one downloaded into the cache; undefined where there is no desktop (no display, root on Linux,
 * continuous integration) or the download fails.
 */
export async function obtainDesktop(log = console.error) {
  if (!hasDesktop()) return undefined;
  const installed = findProgram("code");
  if (installed) return installed;
  return downloadAndUnzipVSCode({ version: "stable", cachePath: join(cacheFolder(), "desktop"), reporter: new SilentReporter(), timeout: 10_000 }).catch((error) => {
    log(`VS Code for the desktop cannot be downloaded (${error.message}); its server is used instead.`);
    return undefined;
  });
}

/** Opens a window with the extension of this repository on a folder and one of its files. */
export function openOnDesktop(program, folder, file) {
  const quote = process.platform === "win32" ? (text) => `"${text}"` : (text) => text;
  const child = spawn(quote(program), ["--new-window", `--extensionDevelopmentPath=${resolve(".")}`, folder, file].map(quote), { stdio: "ignore", detached: true, shell: process.platform === "win32" });
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("spawn", () => (child.unref(), done()));
  });
}

function hasDesktop() {
  if (process.env.CI) return false;
  if (process.platform !== "linux") return true;
  // VS Code refuses to run as root without further flags.
  return process.getuid?.() !== 0 && Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
