import { preferenceOfAnswers } from "../../dataset/convert/preference-of-answers.ts";
import { replaceAnswer, type Answer } from "../../dataset/replace-answer.ts";
import { readCalls } from "../tool-calls.ts";
import { readTestRecord } from "../test-set.ts";

/** What becomes of a test record: a record to learn from with the corrected answer, or a pair of it and an answer that is worse. Answers are texts as reports have them. */
export type Correction = { readonly kind: "training"; readonly answer: string } | { readonly kind: "preference"; readonly answer: string; readonly rejected: string };

/** The line that a correction makes, and what of the test record has no place in it. */
export interface CorrectedLine {
  readonly line: string;
  /** Paths within the record, such as `metadata.topic`. */
  readonly left: readonly string[];
}

/** Makes of a test record's line what the correction says. Throws an Error for the user where that cannot be. */
export function correctLine(line: string, correction: Correction): CorrectedLine {
  const record = readTestRecord(line, 1);
  if ("reason" in record) throw new Error(`The record cannot be corrected: ${record.reason}.`);
  const calls = (record.tools?.length ?? 0) > 0 || readCalls(record.reference).length > 0;
  const answer = readAnswer(correction.answer, calls);
  if (correction.kind === "training") return { line: corrected(line, answer), left: [] };
  if (correction.rejected.trim() === "") throw new Error("The rejected answer is empty, so that nothing is learned from rejecting it. Add the corrected answer as a training record instead.");
  if (correction.rejected === correction.answer) throw new Error("Preferred and rejected answer are the same, so that there is nothing to prefer. Correct the answer, or reject another one.");
  const pair = preferenceOfAnswers(line, answer, readAnswer(correction.rejected, calls, false));
  if ("refusal" in pair) throw new Error(`No preference pair can be made of the record: ${pair.refusal}.`);
  return { line: pair.line, left: pair.losses.map(({ path }) => path) };
}

function corrected(line: string, answer: Answer): string {
  const replacements = replaceAnswer(line, answer);
  let text = line;
  for (const { start, end, text: put } of [...replacements].sort((a, b) => b.start - a.start)) text = text.slice(0, start) + put + text.slice(end);
  return text;
}

/** An answer as a report has it. Where tools may be called, what looks like calls has to be some. Throws an Error for the user. */
function readAnswer(text: string, mayCall: boolean, strict = true): Answer {
  if (strict && text.trim() === "") throw new Error("The corrected answer is empty. Write what the model should have said.");
  const calls = mayCall ? readCalls(text) : [];
  if (calls.length > 0) return { content: contentOf(text), calls };
  if (strict && mayCall && /^\s*\{\s*"(?:content|tool_calls)"/.test(text)) throw new Error('The corrected answer looks like calls of tools and is none. Expected is {"tool_calls": [{"name": "…", "arguments": {…}}]}, with "content" beside it where something is said too.');
  return { content: text, calls: [] };
}

function contentOf(text: string): string {
  const { content } = JSON.parse(text) as { content?: unknown };
  return typeof content === "string" ? content : "";
}
