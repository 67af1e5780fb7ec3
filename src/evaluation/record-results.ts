import type { PlanRecord } from "./plan-record.ts";
import type { SavedReport } from "./saved-report.ts";
import { short } from "./sections/words.ts";
import { recordKey } from "./test-set.ts";
import { viewOf } from "./view-of-report.ts";

/** What a candidate made of a record. */
export type CandidateResult = { readonly right: boolean; readonly text: string } | { readonly failure: string };

/** What an evaluation says of one record. */
export interface RecordResult {
  /** Names what was asked and what is right, whatever line it stands on: `recordKey`. */
  readonly key: string;
  readonly line: number;
  /** The last message of the question, in one short line. */
  readonly question: string;
  readonly reference: string;
  /** In the order of the candidates. */
  readonly outcomes: readonly CandidateResult[];
}

/** A report, record by record. */
export interface RecordResults {
  readonly createdAt: string;
  /** How metric and candidates are called. */
  readonly metric: string;
  readonly candidates: readonly string[];
  /** The place of the candidate that says whether a record counts as passed: the last that was tuned, else the last. */
  readonly judged: number;
  /** In the order of the report, those that the judged candidate has not right kept first where not all are. */
  readonly records: readonly RecordResult[];
  /** How many records the report has. */
  readonly total: number;
}

/** Longer answers and references are cut: they are for a glance, and the report has them whole. */
const longestText = 2_000;

/** What a report says of its records, of `most` of them at most. */
export function recordResults(report: SavedReport, most: number): RecordResults {
  const { candidates, records } = viewOf(report);
  const tuned = report.version === 1 ? 1 : report.candidates.findLastIndex((each) => each.tuned === true);
  const judged = tuned < 0 ? candidates.length - 1 : tuned;
  const isRight = ({ outcomes }: PlanRecord): boolean => {
    const outcome = outcomes[judged];
    return outcome !== undefined && "right" in outcome && outcome.right;
  };
  const kept = records.length <= most ? records : [...records.filter((record) => !isRight(record)), ...records.filter(isRight)].slice(0, most).sort((one, other) => one.line - other.line);
  return { createdAt: report.createdAt, metric: report.metric, candidates: candidates.map(({ name }) => name), judged, records: kept.map(toResult), total: records.length };
}

function toResult(record: PlanRecord): RecordResult {
  const { line, prompt, reference, outcomes } = record;
  return {
    key: recordKey(record), line, question: short(prompt.at(-1)?.content ?? "", 80), reference: cut(reference),
    outcomes: outcomes.map((outcome) => ("failure" in outcome ? { failure: outcome.failure } : { right: outcome.right, text: cut(outcome.text) })),
  };
}

function cut(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText)}…`;
}
