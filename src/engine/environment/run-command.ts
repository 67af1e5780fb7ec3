import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Runs a program to its end and reports each line that it prints. Rejects with its last lines when it fails, and at once when aborted. */
export function runCommand(command: string, parameters: readonly string[], report: (line: string) => void, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { stdio: ["ignore", "pipe", "pipe"], windowsHide: true, ...(signal ? { signal } : {}) });
    const last: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        last.push(line);
        if (last.length > 12) last.shift();
        report(line);
      });
    }
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with code ${code}:\n${last.join("\n")}`))));
  });
}
