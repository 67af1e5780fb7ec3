import type { Side } from "../dataset/similarity/side.ts";
import type { LintResult } from "../dataset/lint.ts";
import { leakedRecord } from "../dataset/rules/leaked-record.ts";
import { toFileCheck, type ShownFinding } from "./file-check.ts";
import type { LintFileOptions } from "./lint-file.ts";
import { openLeakSearch } from "./open-leak-search.ts";

/** A file to compare with others, and what it is for. */
export interface ComparedFile {
  readonly path: string;
  readonly side: Side;
}

/** The records of a file that stand in files of a side before its own, as many as are shown, and how many there are. */
export interface FoundLeaks {
  readonly path: string;
  readonly findings: readonly ShownFinding[];
  readonly count: number;
}

/** Compares files with those of the sides before theirs, in the order of the sides; `lint` reads one. Rejects as it does. */
export async function findLeaks(files: readonly ComparedFile[], similarity: number, lint: (path: string, leaks: Pick<LintFileOptions, "leaks">) => Promise<LintResult>): Promise<readonly FoundLeaks[]> {
  const search = openLeakSearch(similarity);
  const order: readonly Side[] = ["training", "validation", "test"];
  const found: FoundLeaks[] = [];
  try {
    for (const { path, side } of [...files].sort((one, other) => order.indexOf(one.side) - order.indexOf(other.side))) {
      const { findings, omitted } = toFileCheck(await lint(path, { leaks: () => search.begin(path, side) }));
      const shown = findings.filter(({ rule }) => rule === leakedRecord.id);
      if (side !== "training") found.push({ path, findings: shown, count: shown.length + omitted.reduce((sum, { rule, count }) => sum + (rule === leakedRecord.id ? count : 0), 0) });
    }
    return found;
  } finally {
    search.close();
  }
}
