import type { ScoredFile } from "../evaluating/score-file.ts";
import { visible } from "./excerpt.ts";
import { count } from "./summary.ts";

/** Characters of a question or an answer. */
const mostShown = 72;

/** What a model finds unlikely, for people; no text of the file reaches the terminal as it is. */
export function unlikelyText({ model, scored, median, found, left }: ScoredFile): string {
  return [
    `By the loss under ${visible(model)}, the highest first; the median of ${count(scored, "record")} is ${median.toFixed(2)}:\n`,
    ...found.map(({ loss, line, question, answer }) => `${loss.toFixed(2)}  line ${line + 1}  ${shorten(answer)}: ${shorten(question)}\n`),
    ...(left.length === 0 ? [] : [`${count(left.length, "line")} ${left.length === 1 ? "was" : "were"} not scored, line ${(left[0]?.line ?? 0) + 1} because ${(left[0]?.reason ?? "").replace(/\.$/, "")}.\n`]),
  ].join("");
}

/** The same as JSON, with lines from 1. */
export function unlikelyJson(path: string, { model, scored, median, found, left }: ScoredFile): string {
  const counted = <Row extends { readonly line: number }>(row: Row): Row => ({ ...row, line: row.line + 1 });
  return `${JSON.stringify({ path, method: `mean loss of a token under ${model}`, scored, median, suspicious: found.map(counted), unscored: left.map(counted) })}\n`;
}

function shorten(text: string): string {
  const line = visible(text.replaceAll(/\s+/g, " ").trim());
  return line.length > mostShown ? `${line.slice(0, mostShown - 1)}…` : line;
}
