import * as vscode from "vscode";
import { isAboutModeration } from "../../jobs/failure/moderation.ts";
import type { Job } from "../../jobs/job.ts";
import type { Launch, LaunchFailure, Ledger } from "../../jobs/launch.ts";
import { targetNameOf } from "../../jobs/launch-file/check-service.ts";
import { knownServices } from "../../launch/known-services.ts";
import { fileToMend, locateFailure, reasonOf } from "../../launch/locate-failure.ts";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import type { Services } from "../services/services.ts";
import type { RefusedLines } from "./refused-lines.ts";

/** What was found out about a failure: the first place to look at, with line from 0, and a sentence about it. */
export interface FailureReading {
  readonly message: string;
  readonly place?: { readonly file: vscode.Uri; readonly line: number };
  readonly hint?: string;
  /** The dataset, where its service's moderation has refused it without naming a line. */
  readonly moderated?: vscode.Uri;
}

export interface ReadingDependencies {
  readonly services: Services;
  readonly ledger: () => Promise<Ledger>;
  readonly workerFile: URL;
  readonly lines: RefusedLines;
}

/** A service may take so long to tell the events of a job, in milliseconds. */
const patience = 15_000;

/** Reads why a job failed, keeps it in the ledger, and shows the lines that are meant; where none are named, what the check of its file finds is told instead. */
export async function readFailure(job: Job, launch: Launch, { services, ledger, workerFile, lines }: ReadingDependencies): Promise<FailureReading> {
  const provider = await services.open(job.provider, AbortSignal.timeout(patience)).then((service) => service.provider, () => undefined);
  const reason = await reasonOf(job, provider, AbortSignal.timeout(patience));
  const files = createDatasetClient(workerFile);
  try {
    const failure = await locateFailure(launch, reason, files, new AbortController().signal);
    const failed: Launch = { ...launch, failure };
    await (await ledger()).save(failed);
    if (failure.lines.length > 0) {
      const shown = await lines.show(failed);
      const [first] = shown.lines;
      return { message: failure.message, ...(first ? { place: { file: shown.file, line: first.line } } : { hint: changedSince(failed) }) };
    }
    if (failure.changed) return { message: failure.message, hint: changedSince(failed) };
    if (isAboutModeration(failure.message)) return { message: failure.message, hint: "It names no line; a check with a moderation model names the texts that are flagged.", moderated: vscode.Uri.file(fileToMend(failed)) };
    return { message: failure.message, ...(await check(failed, failure)) };
  } finally {
    files.dispose();
  }

  /** What the check for the service's own rules finds in the file: the provider's message names no line, but it may be the same fault. */
  async function check(failed: Launch, { file: of }: LaunchFailure): Promise<Pick<FailureReading, "place" | "hint">> {
    const service = (await knownServices(services.list())).find(({ id }) => id === failed.provider);
    const target = targetNameOf({ method: failed.request.method }, service);
    const file = vscode.Uri.file(fileToMend(failed));
    const found = target && (await files.checkFile(file.fsPath, target, new AbortController().signal, () => undefined).catch(() => undefined));
    const first = found?.findings.find(({ severity }) => severity === "error") ?? found?.findings.find(({ severity }) => severity === "warning");
    if (!found || !first) return {};
    const number = found.counts.error + found.counts.warning;
    const { line } = first.range.start;
    return { place: { file, line }, hint: `It names no line. The check for ${target} finds ${number} ${number === 1 ? "problem" : "problems"} in the ${of} file, the first in line ${line + 1}: ${first.message}` };
  }
}

function changedSince(launch: Launch): string {
  return `${vscode.workspace.asRelativePath(vscode.Uri.file(fileToMend(launch)))} has changed since, so the lines that are meant cannot be shown.`;
}
