import type * as vscode from "vscode";
import type { ChatModel } from "../../evaluation/model.ts";
import type { Job, JobReference } from "../../jobs/job.ts";
import type { Provider } from "../../jobs/provider.ts";
import type { PresentError } from "../present-error.ts";

/** What is known before the first question is asked: all that an evaluation is made of. */
export interface Choices {
  readonly testFile: vscode.Uri;
  readonly provider: string;
  readonly base: string;
  readonly tuned: string;
  /** The job that made the tuned model, where it is known. */
  readonly job?: string;
}

/** What evaluations need of the rest of the editor. */
export interface EvaluationDependencies {
  readonly providers: {
    list(): readonly { readonly id: string; readonly title: string }[];
    open(id: string, signal: AbortSignal): Promise<Provider>;
    chatModel(provider: string, model: string, signal: AbortSignal): Promise<ChatModel>;
  };
  /** The jobs as they were last seen; none is asked for. */
  readonly jobs: { jobs(): readonly Job[] };
  /** The path of the file that a job learned from, where this machine knows it. */
  readonly trainingFile?: (job: JobReference) => Promise<string | undefined>;
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly presentError: PresentError;
}
