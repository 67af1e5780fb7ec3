import { join } from "node:path";
import * as vscode from "vscode";
import { registerCommand } from "./editor/commands.ts";
import { registerConversations } from "./editor/conversations/register.ts";
import { registerConversion } from "./editor/conversion/register.ts";
import { createCredentials } from "./editor/credentials.ts";
import { registerDatasets } from "./editor/datasets/register.ts";
import { registerEvaluation } from "./editor/evaluation/register.ts";
import { createKeptReports } from "./editor/evaluation/kept-reports.ts";
import { registerFailures } from "./editor/failures/register.ts";
import { openJobs } from "./editor/jobs/open-jobs.ts";
import { registerInsights } from "./editor/insights/register.ts";
import { registerJobs } from "./editor/jobs/register.ts";
import { withEditorModels } from "./editor/language-models/with-editor-models.ts";
import { registerLaunching } from "./editor/launch/register.ts";
import { registerLinting } from "./editor/linting/register.ts";
import { registerModeration } from "./editor/moderation/register.ts";
import { registerPlans } from "./editor/plans/register.ts";
import { createPresentError } from "./editor/present-error.ts";
import { registerRecords } from "./editor/records/register.ts";
import { registerReview } from "./editor/review/register.ts";
import { registerRuns } from "./editor/runs/register.ts";
import { createRunDocuments } from "./editor/runs/run-documents.ts";
import { createServices } from "./editor/services/services.ts";
import { registerTargets } from "./editor/targets/register.ts";
import { registerViewer } from "./editor/viewer/register.ts";
import { createViewedLines } from "./editor/viewer/viewed-lines.ts";
import { registerWalkthrough } from "./editor/walkthrough/register.ts";
import { readClusterSetting } from "./editor/settings.ts";
import { tellable } from "./launch/clusters.ts";
import { createLocalEngine } from "./launch/local-engine.ts";
import { stateFolder, stateParts } from "./launch/state-folder.ts";

/** Wires the rooms. Reads nothing and starts nothing but what the open files need. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("Tunesmith", { log: true });
  const presentError = createPresentError(log);
  const bundled = (path: string): URL => new URL(path, import.meta.url);
  const kept = (part: keyof typeof stateParts): string => join(stateFolder(), stateParts[part]);

  const workerFile = bundled("./dataset-worker.js");
  const engine = createLocalEngine({ program: bundled("./engine.js"), state: kept("engine"), tell: (line) => log.info(line), clusters: () => tellable(readClusterSetting()) });
  const credentials = createCredentials(context.secrets);
  const services = createServices({ engine, credentials });
  const { monitor, ledger, uploads, launchOf, trainingFile, disposable } = openJobs({ services, folder: kept("launches"), uploadFolder: kept("uploads"), log });
  const setUp = async (agreed = false): Promise<boolean> => (await import("./editor/engine/set-up.ts")).setUpLocalTraining({ scripts: bundled("./python/"), log, agreed });

  const answering = withEditorModels(services);
  const reports = createKeptReports();
  const documents = createRunDocuments();
  const linting = registerLinting({ extensionUri: context.extensionUri, workerFile, state: context.workspaceState, log, presentError });
  const records = registerRecords({ documents: linting.documents, workerFile: bundled("./records-worker.js"), presentError });
  const viewed = createViewedLines();
  const review = registerReview({ workerFile, presentError });
  const failures = registerFailures({ services, monitor, ledger, workerFile, presentError });

  context.subscriptions.push(
    log,
    disposable,
    documents.disposable,
    reports.disposable,
    linting.disposable,
    records.disposable,
    registerConversations({ documents: linting.documents, lines: records.lines, files: records.files, viewed, extensionUri: context.extensionUri, presentError }),
    failures.disposable,
    registerViewer({ workerFile: bundled("./records-worker.js"), checks: linting.checks, written: records.files.onDidWrite, viewed, extensionUri: context.extensionUri, presentError }),
    registerTargets({ documents: linting.documents, extensionUri: context.extensionUri, presentError }),
    registerInsights({ documents: linting.documents, services, monitor, setUp, trainingFile, workerFile, extensionUri: context.extensionUri, presentError }),
    review.disposable,
    registerDatasets({ documents: linting.documents, reviews: review.reviews, workerFile, presentError }),
    registerConversion({ workerFile, presentError }),
    registerLaunching({ services, monitor, workerFile, scripts: bundled("./python/"), launches: kept("launches"), uploads: kept("uploads"), setUp, presentError }),
    registerJobs({ services, credentials, monitor, ledger, uploads, failures, setUp, extensionUri: context.extensionUri, presentError }),
    registerEvaluation({ services: answering, monitor, launchOf, trainingFile, lines: records.lines, evaluated: async (report) => (await import("./editor/runs/keep-scores.ts")).keepScore(report, ledger), documents, reports, files: records.files, viewed, state: context.workspaceState, setUp, workerFile, extensionUri: context.extensionUri, log, presentError }),
    registerPlans({ services: answering, setUp, workerFile, saved: reports.saved, log, presentError }),
    registerModeration({ services, aimOf: linting.documents.aimOf, workerFile, presentError }),
    registerRuns({ services, monitor, ledger, documents, workerFile, presentError }),
    registerWalkthrough({ extensionUri: context.extensionUri, state: context.workspaceState, presentError }),
    registerCommand("tunesmith.log.show", async () => log.show(), presentError),
  );
}
