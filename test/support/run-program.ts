import { spawn } from "node:child_process";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of Node to its end, with its output whole. */
export function runProgram(program: string, parameters: readonly string[], options: { readonly cwd?: string; readonly input?: string | Uint8Array; readonly env?: NodeJS.ProcessEnv; readonly uid?: number } = {}): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...parameters], { cwd: options.cwd, env: options.env ?? process.env, stdio: "pipe", ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }) });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  child.stdin.end(options.input ?? "");
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout: Buffer.concat(stdout).toString("utf8"), stderr: Buffer.concat(stderr).toString("utf8") }));
  });
}
