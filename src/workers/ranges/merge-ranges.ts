import type { FileFacts } from "../../dataset/finding.ts";
import { foldRecords, type LintOptions, type LintResult } from "../../dataset/lint.ts";
import type { Target } from "../../dataset/targets/target.ts";
import { rereadLines } from "../reread-lines.ts";
import { forEachRecord, type RangeReport } from "./range-report.ts";

/** Puts the reports on the ranges of a file together, in their order. */
export interface RangeMerger {
  /** Lines so far. */
  readonly lines: number;
  add(report: RangeReport): void;
  finish(): LintResult;
}

/** Records of which a rule wants to know more are read anew from `path`. */
export function createRangeMerger(path: string, facts: FileFacts, target: Target, options: LintOptions): RangeMerger {
  const fold = foldRecords({ ...facts, target }, options);
  let lines = 0;
  let linted = 0;
  return {
    get lines() {
      return lines;
    },
    add(report) {
      fold.sink.merge(report.found, lines);
      fold.expect(report.records.fingerprints);
      forEachRecord(report, lines, fold.add);
      linted += report.records.codes.length;
      lines += report.lines;
    },
    finish: () => ({ ...fold.finish({ layout: "lines", reread: rereadLines(path) }), linted }),
  };
}
