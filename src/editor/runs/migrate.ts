import { existsSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import * as vscode from "vscode";
import { targetNamed } from "../../dataset/targets/index.ts";
import type { Target } from "../../dataset/targets/target.ts";
import type { Launch, Ledger } from "../../jobs/launch.ts";
import { launchFileEnding } from "../../jobs/launch-file/file-name.ts";
import type { KnownService } from "../../jobs/launch-file/problem.ts";
import { toLaunchText } from "../../jobs/launch-file/write.ts";
import { conversionFor, likelyModels, migrate } from "../../jobs/migration/migrate.ts";
import type { Monitor } from "../../jobs/monitor.ts";
import { ProviderError } from "../../jobs/provider.ts";
import { toSuffix } from "../../jobs/suffix.ts";
import { knownServices } from "../../launch/known-services.ts";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import { runCommand } from "../commands.ts";
import { chooseJob, readJob } from "../jobs/choose-job.ts";
import type { Services } from "../services/services.ts";
import { withProgress } from "../with-progress.ts";
import { findTrainingFile } from "./find-training-file.ts";
import { toSource } from "./migration-source.ts";

export interface MigrateDependencies {
  readonly services: Services;
  readonly monitor: Monitor;
  readonly ledger: () => Promise<Ledger>;
  readonly workerFile: URL;
}

/** What migrating asks; a caller may have answered any of it already. */
export interface MigrationAnswers {
  /** The id of the service to go to. */
  readonly to?: string;
  readonly model?: string;
  /** The file that the job learned from, where this machine does not know it. */
  readonly training?: vscode.Uri;
  /** Whether what the other format cannot hold is left out. */
  readonly allowLoss?: boolean;
}

/**
 * Takes a job to another service: converts its data where that service takes another format, maps its parameters, and opens a launch file that says what was
 * kept and what was dropped. Nothing is sent. Gives the launch file, or undefined when the user turned away. Rejects with an Error for the user.
 */
export async function migrateJob(given: unknown, answers: MigrationAnswers, dependencies: MigrateDependencies): Promise<vscode.Uri | undefined> {
  const { services, monitor, ledger } = dependencies;
  const reference = readJob(given) ?? (await chooseJob(monitor, "Migrate This Fine-Tune", () => true, "There are no jobs yet, at no service."));
  if (!reference) return undefined;
  const launch = (await (await ledger()).list()).find((each) => each.provider === reference.provider && each.job === reference.job);
  const known = await knownServices(services.list());
  const source = await toSource(reference, launch, services, known.find(({ id }) => id === reference.provider));
  const service = await chooseService(answers.to, reference.provider, known);
  if (!service) return undefined;
  const target = targetNamed(service.targets[source.method]);
  if (!target) throw new Error(`${service.title} does not train by "${source.method}", or what it learns from is not known.`);
  const model = answers.model ?? (await chooseModel(source.model, service, services, source.method));
  if (model === undefined) return undefined;
  const training = await findTrainingFile(reference, launch, answers.training, services);
  if (!training) return undefined;
  const converted = await fitFile(training, target, answers, dependencies);
  if (!converted) return undefined;
  const validation = validationOf(launch);
  const fitted = validation && (await fitFile(vscode.Uri.file(validation), target, answers, dependencies));
  if (validation !== undefined && !fitted) return undefined;
  const folder = dirname(launch?.launchFile ?? training.fsPath);
  const { file, notes } = migrate(source, { service, model, training: nameFrom(folder, converted.fsPath), ...(fitted ? { validation: nameFrom(folder, fitted.fsPath) } : {}) });
  const written = vscode.Uri.file(freeName(join(folder, `${(launch?.launchFile ?? training.fsPath).split(/[\\/]/).at(-1)?.replace(/\.finetune\.jsonc$|\.\w+$/, "") ?? "migrated"}.${toSuffix(service.id)}`), launchFileEnding));
  await vscode.workspace.fs.writeFile(written, new TextEncoder().encode(toLaunchText(file, notes)));
  await vscode.window.showTextDocument(written, { preview: false });
  return written;
}

async function chooseService(given: string | undefined, from: string, known: readonly KnownService[]): Promise<KnownService | undefined> {
  const others = known.filter(({ id }) => id !== from);
  if (given !== undefined) {
    const found = others.find(({ id }) => id === given);
    if (!found) throw new Error(`There is no other service "${given}". There are: ${others.map(({ id }) => id).join(", ")}.`);
    return found;
  }
  return (await vscode.window.showQuickPick(others.map((each) => ({ label: each.title, detail: each.tuning.destination, each })), { title: "Migrate This Fine-Tune", placeHolder: "Where to" }))?.each;
}

async function chooseModel(before: string, service: KnownService, services: Services, method: Launch["request"]["method"] & string): Promise<string | undefined> {
  const models = await withProgress(`Asking ${service.title} for its models`, async (signal) => {
    try {
      return (await (await services.open(service.id, signal)).provider.listModels?.(signal)) ?? [];
    } catch (error) {
      // Without a key, or without an answer, a model is named by hand: nothing is sent yet.
      if (error instanceof ProviderError) return [];
      throw error;
    }
  });
  const items = [
    ...likelyModels(before, models, service.tuning, method).map(({ id, title }) => ({ label: id, description: title === id ? "" : (title ?? ""), id })),
    { label: "$(edit) By name…", description: "any that the service knows", id: undefined },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: "Migrate This Fine-Tune", placeHolder: `The base model in the place of ${before}`, matchOnDescription: true });
  if (!chosen) return undefined;
  return chosen.id ?? (await vscode.window.showInputBox({ title: "Migrate This Fine-Tune", prompt: "The model's name, as the service knows it", ignoreFocusOut: true }))?.trim();
}

/** The file as the target takes it: itself where it does, else what it is converted to, beside it. Undefined when the user turned away, or a loss was not allowed. */
async function fitFile(file: vscode.Uri, target: Target, { allowLoss }: MigrationAnswers, { workerFile }: MigrateDependencies): Promise<vscode.Uri | undefined> {
  const format = conversionFor(target);
  const files = createDatasetClient(workerFile);
  try {
    const check = await withProgress(`Checking ${vscode.workspace.asRelativePath(file)} for ${target.title}`, (signal) => files.checkFile(file.fsPath, `${target.id}/${target.method}`, signal, () => undefined));
    // Faults of a format that the target takes are for the linter and the user.
    if (!format || !check.findings.some(({ rule, severity }) => severity === "error" && rule === "wrong-format")) return file;
  } finally {
    files.dispose();
  }
  const out = vscode.Uri.file(freeName(file.fsPath.replace(/\.\w+$/, `.${format.id}`), ".jsonl"));
  return runCommand("tunesmith.dataset.convert", { source: file, to: format.id, out, ...(allowLoss === undefined ? {} : { allowLoss }) });
}

/** A validation file of its own; parts of a split are split again by the launch file. */
function validationOf(launch: Launch | undefined): string | undefined {
  const path = launch?.splitFrom === undefined ? launch?.validation?.path : undefined;
  return path !== undefined && existsSync(path) ? path : undefined;
}

/** What is there is never replaced. */
function freeName(stem: string, ending: string): string {
  for (let number = 1; ; number++) {
    const path = `${stem}${number === 1 ? "" : `-${number}`}${ending}`;
    if (!existsSync(path)) return path;
  }
}

function nameFrom(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/");
}
