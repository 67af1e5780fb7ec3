import type { LaterProblem } from "./rules/rule.ts";

/** Problems that wait for the end of the file, in bounded memory. */
export interface LaterProblems {
  readonly count: number;
  add(problem: () => LaterProblem): void;
  /** So many more like the last one. */
  addUntold(count: number): void;
  clear(): void;
  /** Those that were kept, in order; the last one tells how many more there are like it. */
  all(): readonly LaterProblem[];
}

/** More than anybody looks at; what repairs them all repairs these first. */
export const mostKept = 100_000;

export function createLaterProblems(): LaterProblems {
  let kept: LaterProblem[] = [];
  let count = 0;
  return {
    get count() {
      return count;
    },
    add(problem) {
      count++;
      if (kept.length < mostKept) kept.push(problem());
    },
    addUntold(more) {
      count += more;
    },
    clear() {
      kept = [];
      count = 0;
    },
    all() {
      const last = kept.at(-1);
      return !last || count === kept.length ? kept : [...kept.slice(0, -1), { ...last, more: count - kept.length }];
    },
  };
}
