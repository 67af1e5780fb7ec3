import { readFileSync } from "node:fs";
import { sourceOf } from "../dataset/lines.ts";
import { lintOnce } from "../dataset/lint.ts";
import { openaiSft } from "../dataset/targets/openai-sft.ts";
import { TrainingError } from "./runners/runner.ts";

/** How many faults the message names. */
const mostNamed = 5;

/**
 * Refuses a file that OpenAI would refuse, with its wording and 1-based example numbers; but any number of records is enough here.
 * Throws a TrainingError with the code `invalid_training_file`.
 */
export function checkTrainingFile(path: string): void {
  const text = readFileSync(path, "utf8");
  const byteOrderMark = text.startsWith("\uFEFF");
  const { findings, records } = lintOnce(sourceOf(byteOrderMark ? text.slice(1) : text, { byteOrderMark }), openaiSft);
  const faults = findings.filter(({ severity, rule }) => severity === "error" && (rule !== "too-few-records" || records === 0));
  if (faults.length === 0) return;
  const named = faults.slice(0, mostNamed).map(({ range, message }) => `Example ${range.start.line + 1}: ${message}`);
  const more = faults.length > mostNamed ? ` … and ${faults.length - mostNamed} more.` : "";
  throw new TrainingError("invalid_training_file", `The job failed due to an invalid training file. Invalid file format. ${named.join(" ")}${more}`);
}
