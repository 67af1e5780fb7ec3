import type * as vscode from "vscode";
import type { JobReference } from "../../jobs/job.ts";
import type { Launch } from "../../jobs/launch.ts";
import type { Monitor } from "../../jobs/monitor.ts";
import type { PresentError } from "../present-error.ts";
import type { RecordLines } from "../records/record-lines.ts";
import type { Services } from "../services/services.ts";

/** What is known before the first question is asked: all that an evaluation is made of. */
export interface Choices {
  readonly testFile: vscode.Uri;
  readonly provider: string;
  readonly base: string;
  readonly tuned: string;
  /** The job that made the tuned model, where it is known. */
  readonly job?: string;
  /** The id of the metric that says what is right, and those judged together with it; else the settings say. */
  readonly metric?: string;
  readonly also?: readonly string[];
  /** Whether the user has agreed to what a service bills. */
  readonly confirmed?: boolean;
  /** Cancels it besides the progress's own button. */
  readonly signal?: AbortSignal;
}

/** What evaluations need of the rest of the editor. */
export interface EvaluationDependencies {
  readonly services: Pick<Services, "list" | "open">;
  /** The jobs as they were last seen. */
  readonly monitor: Pick<Monitor, "jobs" | "refresh">;
  /** Makes this machine ready to answer with local models, on the user's word; gives whether it is. */
  readonly setUp: () => Promise<boolean>;
  /** The path of the file that a job learned from, where this machine knows it. */
  readonly trainingFile?: (job: JobReference) => Promise<string | undefined>;
  /** What is known of the start of a job, where it was started from this machine. */
  readonly launchOf?: (job: JobReference) => Promise<Pick<Launch, "dataset" | "splitFrom" | "launchFile"> | undefined>;
  /** The lines of datasets, where records are corrected. */
  readonly lines?: RecordLines;
  /** Is told of every report that was saved. */
  readonly evaluated?: (report: vscode.Uri) => Promise<void>;
  /** The bundle of the worker that reads files. */
  readonly workerFile: URL;
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly presentError: PresentError;
}
