import * as vscode from "vscode";
import { registerCommand } from "../commands.ts";
import type { LintedDocuments } from "../linting/documents.ts";
import type { PresentError } from "../present-error.ts";
import type { Reviews } from "../review/reviews.ts";
import type { ShapeAnswers } from "./shape-dataset.ts";
import { showLeaks } from "./show-leaks.ts";
import { showDatasets } from "./view.ts";

export interface DatasetsDependencies {
  readonly documents: LintedDocuments;
  readonly reviews: Pick<Reviews, "of" | "onDidChange">;
  /** The bundle that runs in the worker. */
  readonly workerFile: URL;
  readonly presentError: PresentError;
}

/** The view of datasets, and what is done with them there alone. */
export function registerDatasets({ documents, reviews, workerFile, presentError }: DatasetsDependencies): vscode.Disposable {
  const view = showDatasets({ documents, reviews, presentError });
  const shape = async (answers: ShapeAnswers): Promise<readonly vscode.Uri[] | undefined> => (await import("./shape-dataset.ts")).shapeDataset(answers, workerFile);
  const leaks = showLeaks();
  return vscode.Disposable.from(
    view.disposable,
    leaks,
    registerCommand("tunesmith.dataset.findLeaks", async (given) => (await import("./find-leaks.ts")).findLeaks(given instanceof vscode.Uri ? { folder: given } : (given ?? {}), leaks, workerFile), presentError),
    registerCommand("tunesmith.dataset.loadMore", async () => view.showMore(), presentError),
    registerCommand("tunesmith.dataset.split", async (given) => shape({ ...answersOf(given), kind: "split" }), presentError),
    registerCommand("tunesmith.dataset.importLogs", async (given) => (await import("./import-logs.ts")).importLogs(given ?? {}, workerFile), presentError),
    registerCommand("tunesmith.dataset.shape", async (given) => shape(answersOf(given)), presentError),
  );
}

function answersOf(given: ShapeAnswers | vscode.Uri | undefined): ShapeAnswers {
  return given instanceof vscode.Uri ? { dataset: given } : (given ?? {});
}
