import { runCommand } from "./run-command.ts";

/** The full path of a Python 3.10 or newer: the one that was named, else the first on PATH. Throws an Error written for the user when there is none. */
export async function findPython(named?: string): Promise<string> {
  const candidates = named ? [[named]] : process.platform === "win32" ? [["py", "-3"], ["python"]] : [["python3"], ["python"]];
  const found: string[] = [];
  for (const [command = "", ...parameters] of candidates) {
    const lines: string[] = [];
    try {
      await runCommand(command, [...parameters, "-c", "import sys; print(sys.executable); print(sys.version_info >= (3, 10)); print('%d.%d' % sys.version_info[:2])"], (line) => lines.push(line));
    } catch {
      continue;
    }
    const [executable, suitable, version] = lines;
    if (executable && suitable === "True") return executable;
    found.push(`${executable ?? command} is Python ${version ?? "of an unknown version"}`);
  }
  const detail = found.length > 0 ? ` ${found.join("; ")}.` : named ? ` ${named} could not be started.` : "";
  throw new Error(`Local training needs Python 3.10 or newer.${detail} Install it from python.org, or name one with --python (in VS Code: the setting tunesmith.engine.python).`);
}
