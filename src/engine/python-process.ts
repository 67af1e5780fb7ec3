import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { createInterface } from "node:readline";
import { finished } from "node:stream";

/** A Python script that speaks JSON lines, or lines of text, and who listens to it. */
export interface PythonScript {
  readonly python: string;
  readonly script: string;
  readonly parameters?: readonly string[];
  /** A file to which standard error goes, and every line that is no message. */
  readonly log?: string;
  /** Whether the script needs nothing from the network. */
  readonly offline?: boolean;
  /** Takes one line, read as JSON where it is that and undefined otherwise; false says that it is no message. */
  readonly take: (message: unknown, line: string) => boolean;
  /** Is told once, when the process is gone, every line was taken, and the log is written. */
  readonly ended: (end: PythonEnd) => void;
}

/** How a process went. */
export interface PythonEnd {
  /** Its exit code; null when a signal ended it, or it could not start. */
  readonly code: number | null;
  /** Whether it did not end by itself but was ended from outside, by another than this engine: on Linux that is mostly the kernel, for want of memory. */
  readonly killed: boolean;
  /** The last lines of standard error, or why it could not start. */
  readonly complaint: string;
}

export interface PythonProcess {
  send(message: object): void;
  /** Ends it; resolves when it is gone. The script ends itself when its standard input closes, on every system; what does not obey is killed. */
  end(): Promise<void>;
}

/** How long a process may take to end itself. */
const patience = 2000;
const keptComplaint = 4000;

/** Starts a script. It ends with this process, however that ends, because its standard input closes then. */
export function startPython({ python, script, parameters = [], log, offline, take, ended }: PythonScript): PythonProcess {
  const child = spawn(python, [script, ...parameters], { stdio: "pipe", windowsHide: true, env: pythonEnvironment(python, offline === true) });
  const file = log === undefined ? undefined : createWriteStream(log, { flags: "a" });
  // A log that cannot be written, on a full disk say, must not take the engine with it.
  file?.on("error", () => undefined);
  let complaint = "";
  let asked = false;
  let alive = true;
  child.stderr.on("data", (chunk: Buffer) => {
    file?.write(chunk);
    complaint = (complaint + chunk.toString("utf8")).slice(-keptComplaint);
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (!take(parseLine(line), line)) file?.write(`${line}\n`);
  });
  child.stdin.on("error", () => undefined);
  const gone = new Promise<void>((resolve) => {
    const finish = (code: number | null, killed: boolean, more = ""): void => {
      if (!alive) return;
      alive = false;
      const tell = (): void => {
        ended({ code, killed, complaint: `${complaint}${more}`.trim().split("\n").slice(-3).join("\n") });
        resolve();
      };
      if (!file) return tell();
      finished(file, tell);
      file.end();
    };
    child.once("error", (error) => finish(null, false, error.message));
    child.once("close", (code, signal) => finish(code, signal === "SIGKILL" && !asked));
  });
  return {
    send: (message) => void child.stdin.write(`${JSON.stringify(message)}\n`),
    async end() {
      asked = true;
      child.stdin.end();
      const timer = setTimeout(() => child.kill("SIGKILL"), patience);
      await gone;
      clearTimeout(timer);
    },
  };
}

/** Whether a model is a folder on this machine, rather than an id of the Hugging Face Hub. */
export const isLocalModel = (model: string): boolean => isAbsolute(model);

/**
 * What a Python process of the engine finds in its environment: none of the user's own Python paths, UTF-8 everywhere, and bytecode
 * kept beside the virtual environment, not beside the scripts, whose folder may be read-only. Without bytecode the libraries take three times as long to load.
 * Threads of OpenMP that wait for one another sleep: where others use the machine too, those that spin wait for a turn that they keep each other from.
 */
export function pythonEnvironment(python: string, offline: boolean): NodeJS.ProcessEnv {
  const { PYTHONPATH: _path, PYTHONHOME: _home, PYTHONDONTWRITEBYTECODE: _none, ...rest } = process.env;
  return {
    ...rest,
    PYTHONUTF8: "1",
    PYTHONUNBUFFERED: "1",
    PYTHONNOUSERSITE: "1",
    PYTHONPYCACHEPREFIX: join(dirname(dirname(dirname(python))), "bytecode"),
    TOKENIZERS_PARALLELISM: "false",
    TQDM_DISABLE: "1",
    OMP_WAIT_POLICY: process.env["OMP_WAIT_POLICY"] ?? "PASSIVE",
    HF_HUB_DISABLE_TELEMETRY: "1",
    ...(offline ? { HF_HUB_OFFLINE: "1" } : {}),
  };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
