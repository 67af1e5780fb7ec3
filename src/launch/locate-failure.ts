import { stat } from "node:fs/promises";
import { failurePlaces, fileOfFailure } from "../jobs/failure/places.ts";
import type { Job } from "../jobs/job.ts";
import type { Launch, LaunchFailure } from "../jobs/launch.ts";
import type { Provider } from "../jobs/provider.ts";
import type { DatasetFiles } from "./desk.ts";

/** Why a job failed, in the provider's words: its error, and where that names no place of a file, the last that its events say went wrong. Never rejects. */
export async function reasonOf(job: Pick<Job, "id" | "error">, provider: Pick<Provider, "listEvents"> | undefined, signal: AbortSignal): Promise<{ readonly code?: string; readonly message: string }> {
  const { code, message = "the service does not say why." } = job.error ?? {};
  const given = { ...(code === undefined ? {} : { code }), message };
  if (failurePlaces(message).length > 0) return given;
  const events = await provider?.listEvents?.(job.id, signal).catch(() => []);
  const told = events?.findLast((event) => event.level === "error" && failurePlaces(event.message).length > 0);
  return told ? { ...given, message: told.message } : given;
}

/**
 * Which lines a failure means, as they were uploaded. Lines are named only while the file has the bytes that were uploaded: of another file the numbers
 * would say nothing. Rejects with the signal's reason, or with a FileError when the file cannot be read.
 */
export async function locateFailure({ dataset, validation }: Pick<Launch, "dataset" | "validation">, reason: { readonly code?: string; readonly message: string }, files: Pick<DatasetFiles, "findLines" | "hashFile">, signal: AbortSignal): Promise<LaunchFailure> {
  const of = fileOfFailure(reason);
  const failure: LaunchFailure = { ...(reason.code === undefined ? {} : { code: reason.code }), message: reason.message, file: of, lines: [] };
  const uploaded = of === "validation" ? validation : dataset;
  const places = failurePlaces(reason.message);
  if (!uploaded || places.length === 0) return failure;
  const there = await stat(uploaded.path).catch(() => undefined);
  if (!there?.isFile() || (await files.hashFile(uploaded.path, signal)) !== uploaded.sha256) return { ...failure, changed: true };
  const sure = places.filter(({ within }) => within === undefined || there.size <= within);
  const found = await files.findLines(uploaded.path, sure, signal);
  const lines = sure.flatMap(({ words }, index) => {
    const line = found[index];
    return line ? [{ line: line.line + 1, sha256: line.sha256, byteLength: line.byteLength, words }] : [];
  });
  return { ...failure, lines };
}

/** The path of the file that a user mends after a failure: what was uploaded, or what that was split from. */
export function fileToMend({ dataset, validation, splitFrom, failure }: Pick<Launch, "dataset" | "validation" | "splitFrom" | "failure">): string {
  return splitFrom ?? (failure?.file === "validation" ? validation?.path : undefined) ?? dataset.path;
}

/** The launches whose failures a user may still have to mend: of each launch file, or dataset without one, the last, if it failed at lines. The newest first. */
export function openFailures(launches: readonly Launch[]): readonly Launch[] {
  const last = new Map<string, Launch>();
  for (const launch of [...launches].sort((one, other) => other.createdAt - one.createdAt)) {
    const key = launch.launchFile ?? launch.dataset.path;
    if (launch.step !== "refused" && !last.has(key)) last.set(key, launch);
  }
  return [...last.values()].filter(({ failure }) => failure !== undefined && failure.lines.length > 0);
}
