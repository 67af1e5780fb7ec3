import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A running Python script that speaks JSON lines. */
export interface PythonProcess {
  send(message: object): void;
  /** Ends it: the script ends itself when its standard input closes, on every system; what does not obey is killed. */
  end(): void;
}

/** Starts a script; `take` gets each message, `ended` the last lines of its standard error once it is gone. */
export function startPython(python: string, script: string, take: (message: unknown) => void, ended: (complaint: string) => void): PythonProcess {
  const child = spawn(python, ["-u", script], { stdio: "pipe", windowsHide: true, env: { ...process.env, PYTHONUTF8: "1", PYTHONDONTWRITEBYTECODE: "1", TOKENIZERS_PARALLELISM: "false" } });
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk.toString("utf8")).slice(-4000);
  });
  createInterface({ input: child.stdout }).on("line", (line) => take(JSON.parse(line)));
  child.stdin.on("error", () => undefined);
  child.once("error", (error) => ended(error.message));
  child.once("close", () => ended(complaint));
  return {
    send: (message) => void child.stdin.write(`${JSON.stringify(message)}\n`),
    end() {
      child.stdin.end();
      setTimeout(() => child.kill("SIGKILL"), 2000).unref();
    },
  };
}
