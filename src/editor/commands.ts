import * as vscode from "vscode";
import type { JobReference } from "../jobs/job.ts";
import type { PresentError } from "./present-error.ts";

/** Every command that the manifest contributes, with the arguments it takes. All are optional: without them the command asks. */
export interface Commands {
  "tunesmith.dataset.check": (file?: vscode.Uri) => Promise<void>;
  "tunesmith.dataset.fix": (file?: vscode.Uri) => Promise<void>;
  "tunesmith.job.start": (answers?: StartAnswers | vscode.Uri) => Promise<JobReference | undefined>;
  "tunesmith.job.cancel": (job?: JobReference) => Promise<void>;
  "tunesmith.job.refresh": () => Promise<void>;
  "tunesmith.job.showEvents": (job?: JobReference) => Promise<void>;
  "tunesmith.job.copyModel": (job?: JobReference) => Promise<void>;
  "tunesmith.model.evaluate": (answers?: EvaluateAnswers) => Promise<vscode.Uri | undefined>;
  "tunesmith.evaluation.open": (report?: vscode.Uri) => Promise<void>;
  "tunesmith.engine.setup": (answers?: { readonly confirmed: boolean }) => Promise<boolean>;
  "tunesmith.engine.stop": () => Promise<void>;
  "tunesmith.key.set": (answers?: { readonly provider: string }) => Promise<void>;
  "tunesmith.key.forget": (answers?: { readonly provider: string }) => Promise<void>;
  "tunesmith.sample.open": () => Promise<void>;
  "tunesmith.walkthrough.open": () => Promise<void>;
  "tunesmith.log.show": () => Promise<void>;
}

/** What the start wizard would have asked; with `confirmed` no question is left. */
export interface StartAnswers {
  readonly dataset?: vscode.Uri;
  readonly provider?: string;
  readonly model?: string;
  readonly suffix?: string;
  readonly hyperparameters?: Readonly<Record<string, number>>;
  readonly confirmed?: boolean;
}

/** What the evaluation's questions would have asked. A job stands for its base and its tuned model. */
export interface EvaluateAnswers {
  readonly testFile?: vscode.Uri;
  readonly provider?: string;
  readonly base?: string;
  readonly tuned?: string;
  readonly job?: string;
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
