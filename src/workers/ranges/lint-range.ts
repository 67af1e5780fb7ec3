import { createFindingSink, type SinkOptions } from "../../dataset/finding-sink.ts";
import { analyseText, findingsOf, isSuspect, likenessIn, markers, signs, summaryOf } from "../../dataset/lint.ts";
import type { RuleSettings } from "../../dataset/rule-settings.ts";
import type { Line } from "../../dataset/source.ts";
import type { Target } from "../../dataset/targets/target.ts";
import { unitsOf } from "../../dataset/units.ts";
import { provenSummary } from "../prover/proven-summary.ts";
import { createProver, type Prover } from "../prover/prover.ts";
import { toLine } from "../read-source.ts";
import { judgeRange, type ByteRange } from "./judged-range.ts";
import { createColumns, type RangeReport } from "./range-report.ts";

export interface RangeOptions extends SinkOptions {
  /** Whether what the texts of records are like is left out, and what searches every text. */
  readonly quick: boolean;
  readonly settings?: RuleSettings | undefined;
  readonly withoutLikeness?: boolean;
}

/** Room for a range and for the rest of its last line, in whole pages. */
const roomOf = (rangeBytes: number): number => Math.ceil((2 * rangeBytes) / (1 << 16) + 1) * (1 << 16);

/** Kept, because the memory of each takes gigabytes of addresses until the garbage is collected. */
const provers = new WeakMap<Target, Map<string, Prover>>();

function proverOf(target: Target, roomBytes: number, quick: boolean): Prover {
  const own = provers.get(target) ?? new Map<string, Prover>();
  provers.set(target, own);
  const key = `${roomBytes} ${quick}`;
  const prover = own.get(key) ?? createProver(target, { markers, signs: quick ? undefined : signs }, roomBytes);
  own.set(key, prover);
  return prover;
}

/**
 * Makes what lints ranges of one file, of at most so many bytes each, with the record rules: lines that are proven clean, and that no rule suspects, go no further way,
 * and runs of other lines between them are read as units. It throws a FileError when the file cannot be read.
 */
export function createRangeLinter(path: string, target: Target, options: RangeOptions, rangeBytes: number): (range: ByteRange) => RangeReport {
  const prover = proverOf(target, roomOf(rangeBytes), options.quick);
  const wantsLikeness = !options.quick && options.withoutLikeness !== true;
  const columns = createColumns();
  return (range) => {
    // Of a range that ended with an error nothing is left.
    columns.clear();
    const sink = createFindingSink(options);
    let count = 0;
    let run: Line[] = [];
    let isBlank = range.isFirst;
    let isArray = false;
    const endRun = (): boolean => {
      const { units, layout, isOpen } = unitsOf({ lines: run }, { line: count - run.length, isBehindRecords: !isBlank });
      for (const unit of units) {
        const analysis = analyseText(unit.text, target, options);
        const summary = summaryOf(unit, analysis);
        if (analysis.problems.length > 0) for (const finding of findingsOf(unit, analysis)) sink.add(finding);
        columns.add(unit, options.quick ? { ...summary, traits: undefined, likeness: undefined } : summary);
        isBlank &&= summary.kind === "blank";
      }
      run = [];
      isArray ||= layout() !== "lines";
      return isOpen();
    };
    const { isCut, follows } = judgeRange(path, range, prover, (line, isProven) => {
      count++;
      const suspicion = prover.suspicion(line);
      const text = isProven && (wantsLikeness || suspicion) ? prover.room.toString("utf8", prover.start(line), prover.end(line)) : "";
      if (!isProven || (suspicion && isSuspect(text, suspicion))) {
        run.push(toLine(prover.room.subarray(prover.start(line), prover.next(line))));
        return;
      }
      if (run.length > 0) {
        count--;
        endRun();
        count++;
      }
      isBlank = false;
      columns.addProven({ ...provenSummary(prover.proven(line), prover.room, !options.quick), likeness: likenessIn(text, options) }, prover.next(line) - prover.end(line));
    });
    // A record that begins in the first column is the next one, so that what was not closed before it was cut.
    const isUnclosed = endRun() && follows !== 0x7b && follows !== undefined;
    const mayOpenLater = range.isFirst && isBlank && follows !== undefined;
    return { found: sink.finish(), lines: count, isPartOfMore: isArray || isCut || isUnclosed || mayOpenLater, records: columns.finish() };
  };
}
