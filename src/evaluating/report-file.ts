import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readReport, writeReport, type Report } from "../evaluation/report.ts";
import { describeFileError } from "../workers/file-error.ts";
import { writeBeside } from "../workers/write-beside.ts";

/** Saves a report under the moment and the tuned model's name, or as `out`; gives its path. Among the folder's own no report is ever replaced. Rejects with an Error for the user. */
export async function saveReport(folder: string, report: Report, out?: string): Promise<string> {
  const path = out ?? freePath(folder, report);
  try {
    await mkdir(dirname(path), { recursive: true });
    writeBeside(path, [Buffer.from(writeReport(report))]);
  } catch (error) {
    throw new Error(describeFileError("write", path, error), { cause: error });
  }
  return path;
}

function freePath(folder: string, { createdAt, models }: Report): string {
  const name = `${createdAt.replaceAll(":", "-").replace(/\.\d+Z$/, "Z")}-${toFileName(models.tuned)}`;
  for (let number = 1; ; number++) {
    const path = join(folder, `${name}${number === 1 ? "" : `-${number}`}.json`);
    if (!existsSync(path)) return path;
  }
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
