import type { LaterProblem, RecordSummary } from "./rules/rule.ts";

/** Counts records and keeps the places of the first hundred, so that memory does not grow with the file. */
export interface Examples {
  add(record: Pick<RecordSummary, "line" | "lines" | "length">): void;
  count(): number;
  /** A problem on each record that was kept. */
  problems(message: () => string): readonly LaterProblem[];
}

const most = 100;

export function createExamples(): Examples {
  const kept: Omit<LaterProblem, "message">[] = [];
  let count = 0;
  return {
    add({ line, lines, length }) {
      count++;
      if (kept.length < most) kept.push({ line, start: 0, end: lines === 1 ? length : 0 });
    },
    count: () => count,
    problems: (message) => kept.map((place) => ({ ...place, message: message() })),
  };
}
