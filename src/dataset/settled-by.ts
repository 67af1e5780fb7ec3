import type { LintResult } from "./lint.ts";
import { recordRules } from "./rules/index.ts";
import { wrongFormat } from "./rules/wrong-format.ts";

/**
 * What the beginning of a longer file shows for one target, if that settles that it is refused: errors without a safe fix that another record cannot take back. Those of a record rule are such,
 * as it looks at one record only, and that the file is in a foreign format.
 */
export function settledBy(beginning: LintResult): LintResult | undefined {
  const settles = ({ rule }: { readonly rule: string }): boolean => settling.has(rule);
  const tallies = beginning.tallies.filter(settles);
  return tallies.some(({ severity, count, fixable }) => severity === "error" && fixable < count) ? { ...beginning, tallies, findings: beginning.findings.filter(settles) } : undefined;
}

const settling: ReadonlySet<string> = new Set([wrongFormat, ...recordRules].map(({ id }) => id));
