import type { WrittenMetric } from "../metrics/index.ts";

/** An evaluation of another tool, as far as a plan can say it. */
export interface Imported {
  /** Chat records with their right answers, as lines of a test file. */
  readonly lines: readonly string[];
  /** Pass or fail first. */
  readonly metrics: readonly WrittenMetric[];
  readonly candidates: readonly { readonly name?: string; readonly model: string }[];
  /** What could not be taken over, in words; nothing is left out in silence. */
  readonly left: readonly string[];
}

/** Counts equal reasons together: `llm-rubric (12)`. */
export function countEach(reasons: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, times]) => (times === 1 ? reason : `${reason} (${times} times)`));
}

/** A record of a test file. */
export function recordOf(prompt: readonly { readonly role: string; readonly content: string }[], answer: string): string {
  return JSON.stringify({ messages: [...prompt, { role: "assistant", content: answer }] });
}
