import { runCommand } from "./run-command.ts";

/** The oldest Python for which the pinned versions of PyTorch, Transformers and TRL are published. */
export const oldestPython = "3.11";

/** Says what a Python is: its path, whether it is new enough, its version, and whether it can make environments. */
const probe = "import sys, importlib.util as u; print(sys.executable); print(sys.version_info >= (3, 11)); print('%d.%d' % sys.version_info[:2]); print(bool(u.find_spec('venv') and u.find_spec('ensurepip')))";
const patience = 20_000;

/** The commands by which a Python is usually found, best first; on Windows `python` may be a stub that opens the Store, which prints nothing and is passed over. */
const usual = (platform: NodeJS.Platform): readonly (readonly string[])[] => (platform === "win32" ? [["py", "-3"], ["python"], ["python3"]] : [["python3"], ["python"], ["python3.13"], ["python3.12"], ["python3.11"]]);

/**
 * The full path of a Python that local training can start from: the one that was named, else the first suitable one on PATH.
 * Throws an Error written for the user when there is none.
 */
export async function findPython(named?: string, platform: NodeJS.Platform = process.platform, askPython: AskPython = ask): Promise<string> {
  const refusals: string[] = [];
  for (const [command = "", ...parameters] of named ? [[named]] : usual(platform)) {
    const [executable, isNew, version, makesEnvironments] = await askPython(command, parameters);
    if (!executable) {
      if (named) refusals.push(`${named} is no Python that can be started.`);
    } else if (isNew !== "True") refusals.push(`${executable} is Python ${version ?? "of an unknown version"}.`);
    else if (makesEnvironments !== "True") refusals.push(`${executable} cannot make virtual environments; on Debian and Ubuntu, install python3-venv.`);
    else return executable;
  }
  const found = refusals.length > 0 ? [...new Set(refusals)].join(" ") : "None was found on PATH.";
  throw new Error(`Local training needs Python ${oldestPython} or newer. ${found} ${advice[platform] ?? "Install one from python.org or your system's packages"}, or name one with --python (in VS Code: the setting tunesmith.engine.python).`);
}

/** The one command that installs a Python. */
const advice: Partial<Readonly<Record<NodeJS.Platform, string>>> = {
  linux: 'Install one with your system\'s packages, on Debian and Ubuntu "sudo apt-get install python3 python3-venv"',
  darwin: 'Install one with "brew install python3" or from python.org',
  win32: 'Install one with "winget install Python.Python.3.13" or from python.org',
};

/** What a Python says to the probe: path, "True" when it is new enough, version, "True" when it makes environments; nothing when it cannot be started. */
export type AskPython = (command: string, parameters: readonly string[]) => Promise<readonly string[]>;

async function ask(command: string, parameters: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = [];
  try {
    await runCommand(command, [...parameters, "-c", probe], (line) => lines.push(line.trim()), { timeout: patience });
    return lines;
  } catch {
    return [];
  }
}
