import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import * as z from "zod";
import { isElsewhere } from "../dataset/file-fact.ts";
import type { AnswerStore } from "../evaluation/answer-store.ts";
import { presets, type Rubric } from "../evaluation/judge/questions.ts";
import { runJudge } from "../evaluation/judge/run-judge.ts";
import type { HumanRating } from "../evaluation/judge/sum-up-judge.ts";
import type { PlannedJudge } from "../evaluation/plan-file/schema.ts";
import type { PlanReport } from "../evaluation/plan-report.ts";
import { describeFileError } from "../workers/file-error.ts";
import { batchOf } from "./batch-of.ts";
import type { EvaluationDesk } from "./evaluate.ts";
import { timed } from "./timed-model.ts";
import { waiting } from "./waiting.ts";

/** What a judge's files hold. */
export interface PreparedJudge {
  readonly rubric: Rubric;
  readonly ratings?: readonly HumanRating[];
}

const rating = z.object({ line: z.int().min(1), candidate: z.string(), rating: z.number().min(1).max(5) });
/** What the panel's reviews hold besides ratings. */
const comparison = z.object({ line: z.int().min(1), pair: z.tuple([z.string(), z.string()]), preferred: z.string().nullable() });

/** Reads the files that a judge names, relative to `folder`. Rejects with an Error for the user. */
export async function prepareJudge({ rubric, styleSheet, ratings }: PlannedJudge, folder: string): Promise<PreparedJudge> {
  const words = Object.hasOwn(presets, rubric) ? presets[rubric as keyof typeof presets] : rubric;
  return { rubric: { words, ...(styleSheet === undefined ? {} : { styleSheet: await readText(folder, styleSheet) }) }, ...(ratings === undefined ? {} : { ratings: readRatings(ratings, await readText(folder, ratings)) }) };
}

/** Has the judge of a plan look at the answers of its report. Rejects with the signal's reason, or an Error for the user. */
export async function judgeAnswers(records: PlanReport["records"], judge: PlannedJudge, { rubric, ratings }: PreparedJudge, { root, ...plan }: { readonly seed: number; readonly concurrency: number; readonly root: string }, store: AnswerStore, desk: Pick<EvaluationDesk, "open" | "answered" | "report">, signal: AbortSignal): Promise<NonNullable<PlanReport["judge"]>> {
  const { service, model, scores = true, pairs = true, structured = true } = judge;
  desk.report(`asking ${model} to judge`);
  const opened = await desk.open(service, signal);
  const candidate = { name: `Judge ${model}`, provider: service, model: timed(opened.chatModel(model)), ...batchOf(judge, opened, root) };
  try {
    const said = await runJudge(records, { candidate, rubric, scores, pairs, structured, ...plan }, store, (progress) => desk.answered(progress), waiting, signal);
    return { service, model, rubric: rubric.words, ...said, ...(ratings ? { ratings } : {}) };
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(`${error instanceof Error ? error.message : String(error)} All answers are kept.${structured ? " If the judge's service knows no JSON Schema, set \"structured\" of the judge to false." : ""}`, { cause: error });
  }
}

async function readText(folder: string, written: string): Promise<string> {
  // A file of a stranger must not make this machine call another.
  if (isElsewhere(written)) throw new Error(`The judge names an address, ${JSON.stringify(written)}; a path of a file on this machine is expected.`);
  const path = resolve(folder, written);
  return readFile(path, "utf8").catch((error: unknown) => {
    throw new Error(describeFileError("read", path, error), { cause: error });
  });
}

function readRatings(name: string, text: string): readonly HumanRating[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === "") return [];
    try {
      const value: unknown = JSON.parse(line);
      return comparison.safeParse(value).success ? [] : [rating.parse(value)];
    } catch {
      throw new Error(`${name}, line ${index + 1}: expected is a rating such as {"line": 3, "candidate": "mine", "rating": 4}, from 1 to 5.`);
    }
  });
}
