import * as vscode from "vscode";
import { findIds, knownIds, type Meant } from "../../jobs/find-ids.ts";
import type { Ledger } from "../../jobs/launch.ts";
import type { Monitor } from "../../jobs/monitor.ts";
import type { UploadLedger } from "../../jobs/upload-once.ts";
import { runCommand } from "../commands.ts";

/** The ledgers are read anew after so many milliseconds: a terminal asks for each of its lines. */
const freshness = 5000;

interface IdLink extends vscode.TerminalLink {
  readonly meant: Meant;
}

export interface TerminalLinkDependencies {
  readonly monitor: Monitor;
  readonly ledger: () => Promise<Ledger>;
  readonly uploads: () => Promise<UploadLedger>;
}

/** Makes links of the ids of jobs, models and files that this machine knows, wherever a terminal shows them. Nothing is asked of a service before one is followed. */
export function registerTerminalLinks({ monitor, ledger, uploads }: TerminalLinkDependencies): vscode.Disposable {
  let known: { readonly at: number; readonly ids: Promise<ReadonlyMap<string, Meant>> } | undefined;
  const read = async (): Promise<ReadonlyMap<string, Meant>> => knownIds(monitor.jobs(), await (await ledger()).list(), await (await uploads()).list());

  return vscode.window.registerTerminalLinkProvider({
    async provideTerminalLinks({ line }): Promise<IdLink[]> {
      if (!vscode.workspace.isTrusted) return [];
      if (!known || Date.now() - known.at > freshness) known = { at: Date.now(), ids: read() };
      return findIds(line, await known.ids).map(({ start, length, meant }) => ({ startIndex: start, length, meant, tooltip: meant.kind === "job" ? "Show Training" : `Open ${meant.file.name} at its service` }));
    },
    handleTerminalLink: ({ meant }: IdLink) => void (meant.kind === "job" ? runCommand("tunesmith.job.showTraining", meant.job) : runCommand("tunesmith.file.open", { provider: meant.provider, file: meant.file })),
  });
}
