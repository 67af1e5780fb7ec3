import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { safeFolder } from "./safe-folder.ts";

/** How a program is run, beyond its name and parameters. */
export interface CommandOptions {
  readonly environment?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** Ends a program that takes longer. */
  readonly timeout?: number;
}

const keptLines = 12;

/**
 * Runs a program to its end and reports each line that it prints. Rejects with its last lines when it fails, and with the signal's
 * reason when it is aborted; either way it has ended by then, with the processes that it started.
 */
export function runCommand(command: string, parameters: readonly string[], report: (line: string) => void, { environment, signal, timeout }: CommandOptions = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    // A group of its own, so that what the program starts is ended with it; Windows has taskkill for that.
    const grouped = process.platform !== "win32";
    const child = spawn(command, parameters, { stdio: ["ignore", "pipe", "pipe"], windowsHide: true, detached: grouped, cwd: safeFolder, ...(environment ? { env: environment } : {}) });
    const last: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        last.push(line);
        if (last.length > keptLines) last.shift();
        report(line);
      });
    }
    const kill = (): void => {
      if (child.pid === undefined) return;
      if (!grouped) return void spawn("taskkill", ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore", windowsHide: true });
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // The group has ended already.
      }
    };
    const timer = timeout === undefined ? undefined : setTimeout(kill, timeout);
    signal?.addEventListener("abort", kill, { once: true });
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", kill);
      act();
    };
    child.once("error", (error) => settle(() => reject(error)));
    child.once("close", (code) =>
      settle(() => {
        if (signal?.aborted) reject(signal.reason as Error);
        else if (code === 0) resolve();
        else reject(new Error(`${command} ended with code ${code}:\n${last.join("\n")}`));
      }),
    );
  });
}
