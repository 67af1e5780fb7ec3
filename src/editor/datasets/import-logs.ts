import * as vscode from "vscode";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import { nameOf } from "../linting/dataset-files.ts";
import { withProgress } from "../with-progress.ts";

/** What an import of logs asks; a caller may have answered any of it already. */
export interface ImportAnswers {
  readonly logs?: readonly vscode.Uri[];
  readonly out?: vscode.Uri;
}

/** Makes a dataset of logs of a model's calls and opens it. Gives it, or undefined when the user turned away. Rejects with an Error for the user. */
export async function importLogs({ logs, out }: ImportAnswers, workerFile: URL): Promise<vscode.Uri | undefined> {
  const [first, ...more] = logs ?? (await vscode.window.showOpenDialog({ title: "Import Logs as Dataset", openLabel: "Import", canSelectMany: true, filters: { "Logs of OpenAI, Langfuse or OpenTelemetry": ["jsonl", "json", "ndjson", "csv", "parquet"] } })) ?? [];
  if (!first) return undefined;
  const beside = vscode.Uri.joinPath(first, "..", `${nameOf(first).replace(/\.[^.]+$/, "")}.chat.jsonl`);
  const place = out ?? (await vscode.window.showSaveDialog({ title: "Save the Dataset", defaultUri: beside, filters: { "JSON Lines": ["jsonl"] } }));
  if (!place) return undefined;
  const client = createDatasetClient(workerFile);
  try {
    const { calls, records, left } = await withProgress(`Importing ${nameOf(first)}`, (signal, show) => client.importLogs([first, ...more].map(({ fsPath }) => fsPath), place.fsPath, signal, (share) => show({ message: `${Math.round(share * 100)} %` })));
    const told = left.map(([reason, number]) => `${number.toLocaleString("en")} × ${reason}`).join("; ");
    void vscode.window.showInformationMessage(`${records.toLocaleString("en")} records of ${calls.toLocaleString("en")} calls are in ${nameOf(place)}.${told === "" ? "" : ` Left out: ${told}.`}`);
  } finally {
    client.dispose();
  }
  await vscode.commands.executeCommand("vscode.open", place);
  return place;
}
