import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { planFileEnding } from "../evaluation/plan-file/file-name.ts";
import type { PlanReport } from "../evaluation/plan-report.ts";
import { readReport, writeReport, type Report } from "../evaluation/report.ts";
import { readSavedReport, type SavedReport } from "../evaluation/saved-report.ts";
import { describeFileError } from "../workers/file-error.ts";
import { writeBeside } from "../workers/write-beside.ts";

/** Saves a report under the moment and the tuned model's name, or as `out`; gives its path. Among the folder's own no report is ever replaced. Rejects with an Error for the user. */
export async function saveReport(folder: string, report: Report, out?: string): Promise<string> {
  return write(out ?? freePath(folder, report.createdAt, toFileName(report.models.tuned)), writeReport(report));
}

/** Saves the report of a plan under the moment and the plan's name, or as `out`, likewise. */
export async function savePlanReport(folder: string, report: PlanReport, out?: string): Promise<string> {
  return write(out ?? freePath(join(folder, "plans"), report.createdAt, toFileName(basename(report.plan, planFileEnding))), `${JSON.stringify(report, undefined, 2)}\n`);
}

async function write(path: string, text: string): Promise<string> {
  try {
    await mkdir(dirname(path), { recursive: true });
    writeBeside(path, [Buffer.from(text)]);
  } catch (error) {
    throw new Error(describeFileError("write", path, error), { cause: error });
  }
  return path;
}

function freePath(folder: string, createdAt: string, what: string): string {
  const name = `${createdAt.replaceAll(":", "-").replace(/\.\d+Z$/, "Z")}-${what}`;
  for (let number = 1; ; number++) {
    const path = join(folder, `${name}${number === 1 ? "" : `-${number}`}.json`);
    if (!existsSync(path)) return path;
  }
}

/** Reads a report of two models. Rejects with a sentence that says which file and what is wrong with it. */
export function openReport(path: string): Promise<Report> {
  return read(path, readReport);
}

/** Reads a report of either version, likewise. */
export function openSavedReport(path: string): Promise<SavedReport> {
  return read(path, readSavedReport);
}

async function read<Read>(path: string, as: (text: string) => Read): Promise<Read> {
  let text;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new Error(describeFileError("read", path, error), { cause: error });
  }
  try {
    return as(text);
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** A model's name as part of a file's name on every system: no separator, no reserved character, not too long. */
export function toFileName(model: string): string {
  return model.replaceAll(/[^\p{L}\p{N}._-]+/gu, "-").replaceAll(/^[.-]+|[.-]+$/g, "").slice(0, 60) || "model";
}
