import { datasetRules, recordRules } from "../dataset/rules/index.ts";
import { targets } from "../dataset/targets/index.ts";
import { exitCode, type ExitCode, type Streams } from "./streams.ts";

/** `tunesmith rules`: every rule with its severity and what is wrong, by name. */
export function listRules(format: "text" | "json", { output }: Streams): ExitCode {
  const rules = [...recordRules, ...datasetRules].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, severity, summary }) => ({ rule: id, severity, summary }));
  const width = Math.max(...rules.map(({ rule }) => rule.length));
  output(format === "json" ? `${JSON.stringify({ rules })}\n` : rules.map(({ rule, severity, summary }) => `${rule.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`).join(""));
  return exitCode.clean;
}

/** `tunesmith targets`: every pair of provider and method, with where its limits were read and when. */
export function listTargets(format: "text" | "json", { output }: Streams): ExitCode {
  const known = targets.map(({ id, method, title, minimumRecords, source, dated }) => ({ target: id, method, title, minimumRecords, source, dated }));
  output(format === "json" ? `${JSON.stringify({ targets: known })}\n` : known.map(({ target, method, title, source, dated }) => `--target ${target} --method ${method}  ${title} (${source}, ${dated})\n`).join(""));
  return exitCode.clean;
}
