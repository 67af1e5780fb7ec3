import * as vscode from "vscode";
import type { JobReference } from "../jobs/job.ts";
import type { ConversionAnswers } from "./conversion/questions.ts";
import type { RecordAnswers } from "./records/add-record.ts";
import type { ImportAnswers } from "./datasets/import-logs.ts";
import type { LeakAnswers } from "./datasets/find-leaks.ts";
import type { ShapeAnswers } from "./datasets/shape-dataset.ts";
import type { EarlierAnswers } from "./evaluation/compare-earlier.ts";
import type { UnlikelyAnswers } from "./insights/find-unlikely.ts";
import type { RunRecordAnswers } from "./evaluation/run-record.ts";
import type { Answers as EvaluationAnswers } from "./evaluation/questions.ts";
import type { StartAnswers } from "./jobs/questions.ts";
import type { UploadAnswers } from "./launch/upload.ts";
import type { ModerationAnswers } from "./moderation/moderate.ts";
import type { MigrationAnswers } from "./runs/migrate.ts";
import type { ChosenRecords } from "./viewer/open-file.ts";
import type { PresentError } from "./present-error.ts";

/** The argument of what is done on the user's word only: `confirmed` says that it has been given. */
type Confirmable<Argument> = Argument & { readonly confirmed?: boolean };

interface RemoteFileReference {
  readonly provider: string;
  readonly file: { readonly id: string; readonly name: string; readonly bytes?: number };
}

/** Every command that the manifest contributes, with the arguments it takes. All are optional: without them the command asks. */
export interface Commands {
  "tunesmith.dataset.check": (file?: vscode.Uri) => Promise<void>;
  "tunesmith.dataset.fix": (file?: vscode.Uri) => Promise<void>;
  /** Saves the file in the encoding that its target wants. */
  "tunesmith.dataset.encode": (file?: vscode.Uri) => Promise<void>;
  /** Asks where to write unless `out` says it. */
  "tunesmith.dataset.fixToNewFile": (file?: vscode.Uri, out?: vscode.Uri) => Promise<void>;
  /** Shows the file in the record viewer, at a line from 0 when one is given, or some of its records. */
  "tunesmith.dataset.browse": (file?: vscode.Uri, line?: number, chosen?: ChosenRecords) => Promise<void>;
  /** Shows what the records of a file are like, beside those of another where that is given. */
  "tunesmith.dataset.insights": (file?: vscode.Uri, other?: vscode.Uri) => Promise<void>;
  /** Has a model of the local engine score a dataset, and lists what it finds unlikely. Whatever the answers leave open is asked; a job names its model and what that learned from. */
  "tunesmith.dataset.findUnlikely": (answers?: UnlikelyAnswers | vscode.Uri) => Promise<void>;
  /** For what the files of a folder are checked, such as `openai/sft`; what is left out is asked. */
  "tunesmith.target.choose": (file?: vscode.Uri, name?: string) => Promise<void>;
  /** Shows which targets take a file, and why the others do not. */
  "tunesmith.target.compare": (file?: vscode.Uri) => Promise<void>;
  /** Shows the page of a rule; without its id, asks for one. */
  "tunesmith.rule.show": (rule?: string) => Promise<void>;
  /** Gives the file that was saved. Whatever the answers leave open is asked. */
  "tunesmith.dataset.convert": (answers?: ConversionAnswers | vscode.Uri) => Promise<vscode.Uri | undefined>;
  /** Asks for what a job is, writes a launch file of it and opens that; gives its address. */
  "tunesmith.launch.create": (answers?: StartAnswers | vscode.Uri) => Promise<vscode.Uri | undefined>;
  /** Says whether a launch file can be started. */
  "tunesmith.launch.check": (file?: vscode.Uri) => Promise<void>;
  /** Shows what a launch file comes to. */
  "tunesmith.launch.estimate": (file?: vscode.Uri) => Promise<void>;
  /** Gives the service's id of the file. Whatever the answers leave open is asked. */
  "tunesmith.dataset.upload": (answers?: UploadAnswers | vscode.Uri) => Promise<string | undefined>;
  /** Has a service judge what the records say and shows what it flags; gives how many texts that are. Asks before anything is sent. */
  "tunesmith.dataset.moderate": (answers?: Confirmable<ModerationAnswers> | vscode.Uri) => Promise<number | undefined>;
  /** Writes a dataset in parts beside it; gives them. Whatever the answers leave open is asked. */
  "tunesmith.dataset.findLeaks": (answers?: LeakAnswers | vscode.Uri) => Promise<number | undefined>;
  "tunesmith.dataset.split": (answers?: ShapeAnswers | vscode.Uri) => Promise<readonly vscode.Uri[] | undefined>;
  /** Makes another dataset of one beside it, of any kind; likewise. */
  "tunesmith.dataset.shape": (answers?: ShapeAnswers | vscode.Uri) => Promise<readonly vscode.Uri[] | undefined>;
  /** Opens a new dataset with one record from a format's template, such as `chat`; gives the document. Without a format, asks. */
  "tunesmith.dataset.create": (format?: string) => Promise<vscode.Uri | undefined>;
  /** Opens the record of a line from 0, or at the cursor, as a document of its own; gives that. */
  "tunesmith.record.open": (file?: vscode.Uri, line?: number) => Promise<vscode.Uri | undefined>;
  /** Shows the record at the cursor, or of a line from 0, as a chat in a panel that follows the cursor. */
  "tunesmith.record.chat": (file?: vscode.Uri, line?: number) => Promise<void>;
  /** Has models answer the record at the cursor, or of a line from 0; gives the document that shows the answers. */
  "tunesmith.record.run": (answers?: RunRecordAnswers | vscode.Uri) => Promise<vscode.Uri | undefined>;
  /** The same with a model that is chosen anew, and remembered. */
  "tunesmith.record.runWith": (answers?: RunRecordAnswers | vscode.Uri) => Promise<vscode.Uri | undefined>;
  "tunesmith.record.next": () => Promise<vscode.Uri | undefined>;
  "tunesmith.record.previous": () => Promise<vscode.Uri | undefined>;
  /** Adds a record from a format's template, and opens it; gives its document. Whatever the answers leave open is asked. */
  "tunesmith.record.add": (answers?: RecordAnswers | vscode.Uri) => Promise<vscode.Uri | undefined>;
  /** Makes a dataset of logs of a model's calls, and opens it; gives it. What is left out is asked. */
  "tunesmith.dataset.importLogs": (answers?: ImportAnswers) => Promise<vscode.Uri | undefined>;
  /** Approves the record at the cursor, or that of a thread of comments. */
  "tunesmith.review.approve": (reply?: unknown) => Promise<void>;
  "tunesmith.review.reject": (reply?: unknown) => Promise<void>;
  "tunesmith.review.comment": (reply?: unknown) => Promise<void>;
  /** Takes back a comment of one's own. */
  "tunesmith.review.withdraw": (comment?: unknown) => Promise<void>;
  /** Lists the records of which something was said. */
  "tunesmith.review.show": (file?: vscode.Uri) => Promise<void>;
  /** Shows more of the view of datasets. */
  "tunesmith.dataset.loadMore": () => Promise<void>;
  /** Starts a launch file, or asks for what a job is and writes one. Gives the job that was started. */
  "tunesmith.job.start": (answers?: StartAnswers | { readonly launch: vscode.Uri; readonly confirmed?: boolean } | vscode.Uri) => Promise<JobReference | undefined>;
  /** Starts the launch file of a job once more, as every start after checks and one confirmation. Gives the job that was started. */
  "tunesmith.job.startAgain": (job?: Confirmable<JobReference>) => Promise<JobReference | undefined>;
  /** Shows what has changed from the last run of a launch file to the run of a job, or to the last one; gives the document. */
  "tunesmith.run.compare": (run?: JobReference | vscode.Uri) => Promise<vscode.Uri | undefined>;
  /** Takes a job to another service: converts its data, maps its parameters, and opens the launch file; gives that. Nothing is sent. */
  "tunesmith.job.migrate": (job?: JobReference & MigrationAnswers) => Promise<vscode.Uri | undefined>;
  "tunesmith.job.cancel": (job?: Confirmable<JobReference>) => Promise<void>;
  "tunesmith.job.pause": (job?: Confirmable<JobReference>) => Promise<void>;
  "tunesmith.job.resume": (job?: JobReference) => Promise<void>;
  /** Removes a finished job from its service's list. */
  "tunesmith.job.delete": (job?: Confirmable<JobReference>) => Promise<void>;
  /** Fetches what a job left behind to where `out` or the user says; gives that file. */
  "tunesmith.job.download": (artifact?: JobReference & { readonly artifact?: { readonly id: string }; readonly out?: vscode.Uri }) => Promise<vscode.Uri | undefined>;
  /** Opens a job's page at its service in the browser. */
  "tunesmith.job.openPage": (job?: JobReference) => Promise<void>;
  /** Shows more of a list of the tree. */
  "tunesmith.job.loadMore": (node?: unknown) => Promise<void>;
  /** Makes a job's model answer, where that is not done with the job. */
  "tunesmith.model.deploy": (job?: Confirmable<JobReference>) => Promise<void>;
  "tunesmith.deployment.remove": (deployment?: Confirmable<{ readonly provider: string; readonly deployment: { readonly id: string; readonly model: string } }>) => Promise<void>;
  /** Shows the beginning of a file at a service. */
  "tunesmith.file.open": (file?: RemoteFileReference | { readonly provider: string; readonly job: string; readonly artifact: { readonly id: string; readonly fileName: string } }) => Promise<void>;
  "tunesmith.file.delete": (file?: Confirmable<RemoteFileReference>) => Promise<void>;
  /** Copies the id of what a node of the tree shows. */
  "tunesmith.id.copy": (node?: unknown) => Promise<void>;
  /** Shows a job's curves, and what they say. */
  "tunesmith.job.showTraining": (job?: JobReference) => Promise<void>;
  "tunesmith.job.showEvents": (job?: JobReference) => Promise<void>;
  "tunesmith.job.refresh": (service?: { readonly provider: string }) => Promise<void>;
  /** Adds a service to the user's settings, and asks for its key. */
  "tunesmith.service.add": () => Promise<void>;
  "tunesmith.key.set": (service?: { readonly provider: string }) => Promise<void>;
  /** Asks the service whether it takes the key that is stored. */
  "tunesmith.key.test": (service?: { readonly provider: string }) => Promise<void>;
  "tunesmith.key.forget": (service?: { readonly provider: string }) => Promise<void>;
  "tunesmith.engine.setUp": (options?: { readonly agreed?: boolean }) => Promise<void>;
  /** Gives the report's address. Whatever the answers leave open is asked. */
  "tunesmith.model.evaluate": (answers?: EvaluationAnswers | vscode.Uri) => Promise<vscode.Uri | undefined>;
  /** Says whether an evaluation plan can be run, and what its run would ask of whom. */
  "tunesmith.plan.check": (plan?: vscode.Uri) => Promise<void>;
  /** Runs an evaluation plan; gives the report's address. */
  "tunesmith.plan.run": (plan?: vscode.Uri | { readonly plan: vscode.Uri; readonly confirmed?: boolean; readonly signal?: AbortSignal }) => Promise<vscode.Uri | undefined>;
  /** Shows the last results in test files, or hides them. */
  "tunesmith.evaluation.toggleResults": () => Promise<void>;
  /** Shows more of the view of evaluations. */
  "tunesmith.evaluation.loadMore": () => Promise<void>;
  "tunesmith.evaluation.open": (report?: vscode.Uri) => Promise<void>;
  /** Shows a run beside an earlier one of its history; gives the document. What is left out is asked. */
  "tunesmith.evaluation.compare": (report?: vscode.Uri | EarlierAnswers) => Promise<vscode.Uri | undefined>;
  "tunesmith.sample.open": () => Promise<void>;
  "tunesmith.walkthrough.open": () => Promise<void>;
  "tunesmith.log.show": () => Promise<void>;
}

/** Registers one command of the manifest; what its handler throws reaches the user through `presentError` and nowhere else. */
export function registerCommand<Id extends keyof Commands>(id: Id, handler: Commands[Id], presentError: PresentError): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...parameters: unknown[]) => {
    try {
      return await (handler as (...values: unknown[]) => Promise<unknown>)(...parameters);
    } catch (error) {
      presentError(error);
      return undefined;
    }
  });
}

/** Runs one of Tunesmith's commands with checked arguments. */
export function runCommand<Id extends keyof Commands>(id: Id, ...parameters: Parameters<Commands[Id]>): Thenable<Awaited<ReturnType<Commands[Id]>>> {
  return vscode.commands.executeCommand(id, ...parameters);
}
