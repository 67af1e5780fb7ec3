import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readReport, writeReport, type Report } from "../../evaluation/report.ts";
import { describeFileError } from "../../workers/file-error.ts";
import { writeBeside } from "../../workers/write-beside.ts";

/** Saves a report under the moment and the tuned model's name; gives its path. A report that is there is never replaced. */
export async function saveReport(folder: string, report: Report): Promise<string> {
  const name = `${report.createdAt.replaceAll(":", "-").replace(/\.\d+Z$/, "Z")}-${toFileName(report.models.tuned)}`;
  let path = join(folder, `${name}.json`);
  for (let again = 2; existsSync(path); again++) path = join(folder, `${name}-${again}.json`);
  try {
    await mkdir(folder, { recursive: true });
    writeBeside(path, [Buffer.from(writeReport(report))]);
  } catch (error) {
    throw new Error(describeFileError("write", path, error), { cause: error });
  }
  return path;
}

/** Reads a report. Rejects with a sentence that says which file and what is wrong with it. */
export async function openReport(path: string): Promise<Report> {
  let text;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new Error(describeFileError("read", path, error), { cause: error });
  }
  try {
    return readReport(text);
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** A model's name as part of a file's name on every system: no separator, no reserved character, not too long. */
export function toFileName(model: string): string {
  return model.replaceAll(/[^\p{L}\p{N}._-]+/gu, "-").replaceAll(/^[.-]+|[.-]+$/g, "").slice(0, 60) || "model";
}
