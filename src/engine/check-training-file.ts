import type { Finding } from "../dataset/finding.ts";
import type { TargetName } from "../dataset/targets/target.ts";
import type { DatasetClient } from "../workers/dataset-client.ts";
import { TrainingError, type TrainingMethod } from "./runners/runner.ts";

/** For what OpenAI takes the files of a method. */
const targets: Readonly<Record<TrainingMethod, TargetName>> = { supervised: "openai/sft", dpo: "openai/dpo" };

/** How many faults the message names. */
const mostNamed = 5;

export type FileUse = "training" | "validation";

/** Checks a file and gives the number of its records. Rejects with a TrainingError when it is refused, and with the signal's reason when aborted. */
export type CheckTrainingFile = (path: string, use: FileUse, method: TrainingMethod, signal: AbortSignal) => Promise<number>;

/**
 * Refuses a file that OpenAI would refuse, with its wording and 1-based example numbers; but any number of records is enough here.
 * The linting runs in a worker, because the server's thread answers meanwhile.
 */
export function createTrainingFileCheck({ lintFile }: Pick<DatasetClient, "lintFile">): CheckTrainingFile {
  return async (path, use, method, signal) => {
    const { findings, tallies, records } = await lintFile(path, targets[method], signal, () => undefined);
    const isFault = ({ severity, rule }: Pick<Finding, "severity" | "rule">): boolean => severity === "error" && (rule !== "too-few-records" || records === 0);
    const faults = tallies.filter(isFault).reduce((sum, { count }) => sum + count, 0);
    if (faults === 0) return records;
    const named = findings.filter(isFault).slice(0, mostNamed).map(({ range: { start, end }, message }) => {
      const isAboutFile = start.line === 0 && start.character === 0 && end.line === 0 && end.character === 0;
      return isAboutFile ? message : `Example ${start.line + 1}: ${message}`;
    });
    const more = faults > mostNamed ? ` … and ${faults - mostNamed} more.` : "";
    throw new TrainingError(`invalid_${use}_file`, `The job failed due to an invalid ${use} file. Invalid file format. ${named.join(" ")}${more}`);
  };
}
