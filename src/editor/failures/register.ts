import * as vscode from "vscode";
import type { Job } from "../../jobs/job.ts";
import { launchOf, type Launch, type Ledger } from "../../jobs/launch.ts";
import type { Monitor } from "../../jobs/monitor.ts";
import { chooseJob, readJob } from "../jobs/choose-job.ts";
import { registerCommand } from "../commands.ts";
import type { PresentError } from "../present-error.ts";
import type { Services } from "../services/services.ts";
import type { FailureReading } from "./read-failure.ts";
import type { RefusedLines } from "./refused-lines.ts";

export interface FailureDependencies {
  readonly services: Services;
  readonly monitor: Monitor;
  readonly ledger: () => Promise<Ledger>;
  /** The bundle that runs in the worker. */
  readonly workerFile: URL;
  readonly presentError: PresentError;
}

/** Failed jobs, and what can be done about them. */
export interface Failures {
  /** Finds out what is wrong with the data of a launch whose job failed, keeps and shows it. */
  read(job: Job, launch: Launch): Promise<FailureReading>;
  readonly disposable: vscode.Disposable;
}

/** How long after the window's start failures of earlier windows are looked for, in milliseconds: the files that are open come first. */
const calm = 2000;

/** The lines at which jobs failed, and starting them again. What looks into files is loaded with the first failure. */
export function registerFailures(dependencies: FailureDependencies): Failures {
  const { services, monitor, ledger, workerFile, presentError } = dependencies;
  const parts: vscode.Disposable[] = [];
  let ended = false;
  let opened: Promise<RefusedLines> | undefined;

  async function open(): Promise<RefusedLines> {
    const [{ createRefusedLines }, { offerStartAgain, showRefusals }, { createDatasetClient }] = await Promise.all([import("./refused-lines.ts"), import("./refusal-diagnostics.ts"), import("../../workers/dataset-client.ts")]);
    const files = createDatasetClient(workerFile);
    const lines = createRefusedLines({ ledger, files });
    // What is started again has failed no more, as far as is known.
    const stop = monitor.onDidChange(() => void lines.refresh().catch(presentError));
    parts.push(files, lines, showRefusals(lines, (service) => services.find(service)?.title ?? service), offerStartAgain(lines), new vscode.Disposable(stop));
    if (ended) for (const part of parts) part.dispose();
    return lines;
  }
  const lines = (): Promise<RefusedLines> => (opened ??= open());

  async function resume(): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    const [{ openFailures }, kept] = await Promise.all([import("../../launch/locate-failure.ts"), ledger().then(({ list }) => list())]);
    if (openFailures(kept).length > 0) await (await lines()).refresh();
  }
  const later = setTimeout(() => void resume().catch(presentError), calm);

  async function startAgain(given: unknown) {
    const { startAgain: start } = await import("./start-again.ts");
    const known = await (await ledger()).list();
    const job = readJob(given) ?? (await chooseJob(monitor, "Start Again", (each) => launchOf(each, known) !== undefined, "No job that was started from this machine is known."));
    return job && start(job, known, (given as { confirmed?: unknown } | undefined)?.confirmed === true);
  }

  const disposable = vscode.Disposable.from(
    new vscode.Disposable(() => clearTimeout(later)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void resume().catch(presentError)),
    registerCommand("tunesmith.job.startAgain", startAgain, presentError),
    new vscode.Disposable(() => {
      ended = true;
      for (const part of parts) part.dispose();
    }),
  );
  return { read: async (job, launch) => (await import("./read-failure.ts")).readFailure(job, launch, { ...dependencies, lines: await lines() }), disposable };
}
