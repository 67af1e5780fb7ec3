import { fileURLToPath } from "node:url";
import * as vscode from "vscode";
import { cacheFolder } from "../../engine/environment/cache-folder.ts";
import { createEnvironment } from "../../engine/environment/environment.ts";
import { ActionableError } from "../present-error.ts";
import { withProgress } from "../with-progress.ts";
import { choosePython } from "./choose-python.ts";

export interface SetUpOptions {
  /** The folder of the engine's Python scripts. */
  readonly scripts: URL;
  readonly log: vscode.LogOutputChannel;
  /** Whether the user has agreed already to what is downloaded. */
  readonly agreed?: boolean;
}

/**
 * Makes this machine ready to train: nothing when it is, else on the user's word, with what it downloads, its progress, and a way to cancel.
 * Gives whether it is ready; rejects with an Error for the user when it cannot be.
 */
export async function setUpLocalTraining({ scripts, log, agreed = false }: SetUpOptions): Promise<boolean> {
  const python = await choosePython();
  const environment = createEnvironment({ cache: cacheFolder(), scripts: fileURLToPath(scripts), ...(python === undefined ? {} : { python }) });
  if (environment.ready()) return true;
  const status = await environment.status();
  if (status.python === undefined) throw new ActionableError(status.missing ?? "No Python was found.", [{ title: "Open Setting", command: "workbench.action.openSettings", arguments: ["tunesmith.engine.python"] }]);
  if (!agreed && !(await agrees(status))) return false;
  await withProgress("Setting up local training", (signal, show) => environment.setUp((line) => {
    log.info(line);
    show({ message: line });
  }, signal));
  return true;
}

async function agrees({ python, downloads, diskBytes }: { python?: string; downloads: string; diskBytes: number }): Promise<boolean> {
  const detail = `It downloads ${downloads}, and takes up to ${(diskBytes / 1e9).toFixed(1)} GB in ${cacheFolder()}. It starts from ${python} and changes nothing there. It takes some minutes, once.`;
  return (await vscode.window.showInformationMessage("Set up training on this machine?", { modal: true, detail }, "Set Up")) === "Set Up";
}
