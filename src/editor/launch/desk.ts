import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import * as vscode from "vscode";
import { cacheFolder } from "../../engine/environment/cache-folder.ts";
import { createEnvironment } from "../../engine/environment/environment.ts";
import type { LaunchDesk } from "../../launch/desk.ts";
import { knownServices } from "../../launch/known-services.ts";
import { versionsOf } from "../../launch/versions.ts";
import { openLedger } from "../../launch/ledger-file.ts";
import { localModelFolder } from "../../launch/local-model-folder.ts";
import { openUploads } from "../../launch/uploads-file.ts";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import type { Services } from "../services/services.ts";
import { readClusterSetting } from "../settings.ts";
import type { Show } from "../with-progress.ts";

export interface DeskDependencies {
  readonly services: Services;
  readonly workerFile: URL;
  /** The folder of the engine's Python scripts, which names its environment. */
  readonly scripts: URL;
  /** The folders of the ledgers. */
  readonly launches: string;
  readonly uploads: string;
}

/** Runs `act` at a desk of the editor: its workers end with it. `show` is told what is being done. */
export async function atDesk<Result>({ services, workerFile, scripts, launches, uploads }: DeskDependencies, show: Show, act: (desk: LaunchDesk) => Promise<Result>): Promise<Result> {
  const files = createDatasetClient(workerFile);
  const environment = createEnvironment({ cache: cacheFolder(), scripts: fileURLToPath(scripts) });
  let told = 0;
  let doing = "";
  const report = (message: string, share?: number): void => {
    if (message !== doing) told = 0;
    doing = message;
    const percent = share === undefined ? 0 : Math.floor(share * 100);
    if (share === undefined || percent > told) show({ message: share === undefined ? message : `${message}, ${percent} %` });
    told = Math.max(told, percent);
  };
  try {
    return await act({
      services: { known: () => knownServices(services.list()), open: services.open },
      clusters: readClusterSetting().map(({ name }) => name), files, projectOf, modelFolder: (model) => localModelFolder(model, environment), ledger: openLedger(launches), uploads: openUploads(uploads), clock: { now: Date.now }, report,
      versionsOf: versionsOf(fileURLToPath(scripts)),
    });
  } finally {
    files.dispose();
  }
}

function projectOf(path: string): string {
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path))?.uri.fsPath ?? dirname(path);
}
