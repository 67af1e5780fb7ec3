import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { createDatasetClient, type DatasetClient } from "../../workers/dataset-client.ts";
import type { ConversionResult } from "../../workers/convert-to-file.ts";
import { withProgress } from "../with-progress.ts";
import { describeFaults } from "./describe-faults.ts";
import type { Previews } from "./previews.ts";
import { askConversion, type ConversionChoice } from "./questions.ts";
import { readAnswers } from "./read-answers.ts";

export interface ConvertDependencies {
  readonly workerFile: URL;
  readonly previews: Previews;
  /** Asks the user to choose among some actions; undefined when they turned away. */
  readonly ask: (message: string, ...actions: readonly string[]) => Thenable<string | undefined>;
}

/**
 * Converts a dataset or a table: in a worker to a draft, which is shown beside the original, and then saved where the user says. What would be lost
 * is listed, and left out on the user's word only. Gives the saved file. Throws an Error written for the user.
 */
export async function convertDataset(given: unknown, { workerFile, previews, ask }: ConvertDependencies): Promise<vscode.Uri | undefined> {
  const answers = readAnswers(given);
  const source = answers.source ?? activeFile() ?? (await chooseFile());
  if (!source) return undefined;
  requireSaved(source);
  const name = source.path.split("/").at(-1) ?? "";
  const client = createDatasetClient(workerFile);
  const folder = await mkdtemp(join(tmpdir(), "tunesmith-"));
  try {
    const head = await withProgress(`Looking at ${name}`, (signal) => client.lookAtFile(source.fsPath, signal));
    const choice = await askConversion(answers, head);
    if (!choice) return undefined;
    const { target } = choice;
    const draftName = `${name.replace(/\.\w+$/, "")}.${target.id}.jsonl`;
    const draft = join(folder, draftName);
    const convert = (allowLoss: boolean): Promise<ConversionResult> => run(client, source, choice, allowLoss, draft, `Converting ${name} to ${target.title}`);
    let result = await convert(answers.allowLoss ?? false);
    if (result.faults.length > 0) {
      await vscode.window.showTextDocument(previews.document(`Not converted: ${name}.txt`.replaceAll(":", ""), describeFaults(name, target.title, result)), { preview: true });
      const refused = `${result.refused > 0 ? `${count(result.refused, "record")} of ` : ""}${name} cannot be converted to ${target.title} whole.`;
      if (!result.onlyLossy) return void (await ask(`${refused} The list says why.`));
      if ((await ask(`${refused} The list says what would be lost.`, "Convert Anyway")) !== "Convert Anyway") return undefined;
      result = await convert(true);
    }
    await previews.compare(source, draft, draftName, `${name} ↔ ${target.title}`);
    const out = answers.out ?? (await askPlace(source, draftName, target.title, result, ask));
    if (!out) return undefined;
    await withProgress(`Saving ${out.path.split("/").at(-1)}`, (signal) => client.copyFile(draft, out.fsPath, source.fsPath, signal));
    // A file may be too large for an editor, so that it is the user who opens it.
    void ask(`${out.path.split("/").at(-1)} is written.`, "Open").then((chosen) => chosen === "Open" && vscode.commands.executeCommand("vscode.open", out));
    return out;
  } finally {
    client.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

function run(client: DatasetClient, source: vscode.Uri, { target, mapping }: ConversionChoice, allowLoss: boolean, draft: string, title: string): Promise<ConversionResult> {
  return withProgress(title, (signal, show) => {
    let told = 0;
    return client.convertFile(source.fsPath, { to: target.id, allowLoss, ...(mapping ? { mapping } : {}) }, draft, signal, (share) => {
      const percent = Math.floor(share * 100);
      if (percent > told) show({ message: `${percent} %`, increment: percent - told });
      told = Math.max(told, percent);
    });
  });
}

/** Asks for the user's word, and where to. */
async function askPlace(source: vscode.Uri, name: string, format: string, { records, losses }: ConversionResult, ask: ConvertDependencies["ask"]): Promise<vscode.Uri | undefined> {
  const left = losses.reduce((sum, [, number]) => sum + number, 0);
  const said = `${count(records, "record")} converted to ${format}${left > 0 ? `; ${count(left, "part")} of them left out` : ""}. Nothing is saved yet.`;
  if ((await ask(said, "Save As…", "Discard")) !== "Save As…") return undefined;
  return vscode.window.showSaveDialog({ title: `Save as ${format}`, defaultUri: vscode.Uri.joinPath(source, "..", name), filters: { "JSON Lines": ["jsonl"] }, saveLabel: "Save" });
}

const endings = ["jsonl", "ndjson", "jsonlines", "json", "csv", "tsv", "tab", "parquet"];

function activeFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
  return uri && endings.includes(uri.path.split(".").at(-1)?.toLowerCase() ?? "") ? uri : undefined;
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const [chosen] = (await vscode.window.showOpenDialog({ title: "Convert Dataset", openLabel: "Convert", filters: { "Datasets and tables": endings, "All files": ["*"] } })) ?? [];
  return chosen;
}

/** Only what is on disk is converted. */
function requireSaved(source: vscode.Uri): void {
  if (source.scheme !== "file") throw new Error(`Cannot read ${source.toString()}: only files on disk can be converted. Save it first.`);
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === source.toString());
  if (open?.isDirty) throw new Error(`${source.path.split("/").at(-1)} has changes that are not saved. Save it first.`);
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
