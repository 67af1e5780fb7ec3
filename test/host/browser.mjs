import { chromium } from "playwright-core";
import { existsSync } from "node:fs";
import { findProgram, isProgram } from "./find-program.mjs";
import { output } from "./output.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

const usualPlaces = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** The path of a Chromium: CHROME, else one on PATH or in its usual place, else the one that Playwright installs; undefined when there is none. */
export function findBrowser() {
  if (process.env.CHROME) {
    if (!existsSync(process.env.CHROME)) throw new Error(`CHROME names ${process.env.CHROME}, which is not there.`);
    return process.env.CHROME;
  }
  return findProgram(...names) ?? [...usualPlaces, chromium.executablePath()].find(isProgram);
}

/** The same, but a missing browser is installed where that takes no question (root on Debian); elsewhere the error names the one command that installs it. */
export async function obtainBrowser(log = console.error) {
  const found = findBrowser();
  if (found) return found;
  if (process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    log("Installing Chromium with apt-get; this happens once.");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await output("apt-get", ["update", "-qq"], { env });
    await output("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { env });
    const installed = findBrowser();
    if (installed) return installed;
  }
  const command = process.platform === "linux" && existsSync("/usr/bin/apt-get") ? "sudo apt-get install -y chromium" : "npx playwright-core install chromium";
  throw new Error(`No Chromium was found. Install one with: ${command}\n(or set CHROME to the path of one).`);
}

/** Starts a headless Chromium; what it writes goes to `home`, when given. */
export async function launchBrowser({ home, log } = {}) {
  const own = home ? { HOME: home, TMPDIR: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home, XDG_RUNTIME_DIR: home } : {};
  return chromium.launch({
    executablePath: await obtainBrowser(log),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    env: { ...process.env, ...own },
  });
}
