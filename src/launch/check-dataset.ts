import type { TargetName } from "../dataset/targets/target.ts";
import type { LaunchedFile } from "../jobs/launch.ts";
import type { PreflightCheck } from "../jobs/launch-plan.ts";
import type { LaunchDesk } from "./desk.ts";

/** Lints a file for a target and hashes it. Without a target it is only looked at. Rejects with the signal's reason or a FileError. */
export async function checkDataset(name: "dataset" | "validation file", path: string, target: TargetName | undefined, { files, report }: Pick<LaunchDesk, "files" | "report">, signal: AbortSignal): Promise<{ readonly file: LaunchedFile; readonly checks: readonly PreflightCheck[] }> {
  const doing = name === "dataset" ? "checking the dataset" : "checking the validation file";
  report(doing);
  const { counts, findings, records } = await files.checkFile(path, target, signal, ({ bytes, byteLength }) => report(doing, byteLength === 0 ? 1 : bytes / byteLength));
  const sha256 = await files.hashFile(path, signal);
  const file = { path, sha256, records };
  if (target === undefined) return { file, checks: [] };
  const first = findings.find(({ severity }) => severity === "error");
  if (!first) {
    const warnings = counts.warning > 0 ? `, with ${counts.warning} ${counts.warning === 1 ? "warning" : "warnings"}` : "";
    return { file, checks: [{ name, outcome: "passed", message: `${shortOf(path)}: ${records.toLocaleString("en")} records that ${target} takes${warnings}.` }] };
  }
  const more = counts.error > 1 ? ` It has ${counts.error - 1} more ${counts.error === 2 ? "error" : "errors"}.` : "";
  const { line, character } = first.range.start;
  return { file, checks: [{ name, outcome: "failed", message: `${shortOf(path)} would be refused. Line ${line + 1}: ${first.message}${more}`, place: { file: path, line, character } }] };
}

function shortOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
