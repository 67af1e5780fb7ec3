import * as vscode from "vscode";
import type { LaunchFile } from "../../jobs/launch-file/schema.ts";
import { toLaunchText } from "../../jobs/launch-file/write.ts";
import type { Chosen } from "../jobs/questions.ts";

/** Writes what was chosen as a launch file beside the dataset, under a name that is free or that of a file that says the same; gives its address. */
export async function writeLaunch({ dataset, provider, model, method, hyperparameters, suffix, seed }: Chosen): Promise<vscode.Uri> {
  if (dataset.scheme !== "file") throw new Error(`A job needs a dataset on disk, and ${dataset.toString()} is not. Save it first.`);
  const name = dataset.path.split("/").at(-1) ?? "";
  const file: LaunchFile = {
    service: provider, model, data: { training: name },
    ...(method === undefined || method === "sft" ? {} : { method }),
    ...(Object.keys(hyperparameters).length === 0 ? {} : { hyperparameters }),
    ...(suffix === "" ? {} : { suffix }), ...(seed === undefined ? {} : { seed }),
  };
  const text = toLaunchText(file);
  const stem = name.replace(/\.(jsonl|jsonlines|ndjson)$/i, "");
  for (let number = 1; ; number++) {
    const uri = vscode.Uri.joinPath(dataset, "..", `${stem}${number === 1 ? "" : `-${number}`}.finetune.jsonc`);
    const there = await readIfThere(uri);
    if (there === undefined) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    if (there === undefined || there === text) return uri;
  }
}

async function readIfThere(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return undefined;
    throw error;
  }
}
