import type { Waiting } from "../adaptive-concurrency.ts";
import type { AnswerStore } from "../answer-store.ts";
import type { Outcome } from "../ask.ts";
import type { ChatMessage, ChatOptions } from "../model.ts";
import type { PlanRecord } from "../plan-record.ts";
import type { JudgedOutcome } from "../report-schema.ts";
import { runEvaluation, type Candidate, type Progress } from "../run.ts";
import { answerForms, askForScore, askForWinner, type Rubric } from "./questions.ts";
import { readScore, readWinner } from "./read-judgement.ts";
import type { Judgements, Preference } from "./sum-up-judge.ts";

/** A judge with what it is to do. */
export interface Judge {
  readonly candidate: Candidate;
  readonly rubric: Rubric;
  /** Whether it marks each answer, and whether it compares each with the first candidate's. */
  readonly scores: boolean;
  readonly pairs: boolean;
  /** Whether the service is asked to hold the judge to the form of its answers. */
  readonly structured: boolean;
  readonly seed: number;
  readonly concurrency: number;
}

/** The most tokens of a judgement: its reason is one sentence. */
const maximumTokens = 400;

interface Question {
  readonly line: number;
  readonly messages: readonly ChatMessage[];
}

/**
 * Has a judge look at what the candidates answered, at temperature 0; what it said is kept as other answers are. Two equal answers are a tie that nobody is asked for.
 * Rejects as `runEvaluation` does.
 */
export async function runJudge(records: readonly PlanRecord[], judge: Judge, store: AnswerStore, onProgress: (progress: Progress) => void, waiting: Waiting, signal: AbortSignal): Promise<Judgements> {
  const ask = async (questions: readonly Question[], form: NonNullable<ChatOptions["form"]>): Promise<readonly (string | undefined)[]> => {
    if (questions.length === 0) return [];
    const options: ChatOptions = { temperature: 0, maximumTokens, seed: judge.seed, ...(judge.structured ? { form } : {}) };
    const answered = await runEvaluation({ records: questions.map(({ line, messages }) => ({ line, prompt: messages, reference: "" })), candidates: [judge.candidate], options, concurrency: judge.concurrency }, store, onProgress, waiting, signal);
    return answered.map(({ outcomes }) => textOf(outcomes[0]));
  };
  return {
    ...(judge.scores ? { scores: await scoreAll(records, judge.rubric, (questions) => ask(questions, answerForms.score)) } : {}),
    ...(judge.pairs ? { pairs: await compareAll(records, judge.rubric, (questions) => ask(questions, answerForms.winner)) } : {}),
  };
}

type AskAll = (questions: readonly Question[]) => Promise<readonly (string | undefined)[]>;

async function scoreAll(records: readonly PlanRecord[], rubric: Rubric, ask: AskAll): Promise<NonNullable<Judgements["scores"]>> {
  const places = records.flatMap((record, row) => record.outcomes.flatMap((outcome, column) => { const text = textOf(outcome); return text === undefined ? [] : [{ row, column, question: { line: record.line, messages: askForScore(rubric, record, text) } }]; }));
  const said = await ask(places.map(({ question }) => question));
  const scores = records.map(({ outcomes }) => outcomes.map((): number | null => null));
  for (const [index, { row, column }] of places.entries()) {
    const [own, text] = [scores[row], said[index]];
    if (own && text !== undefined) own[column] = readScore(text) ?? null;
  }
  return scores;
}

async function compareAll(records: readonly PlanRecord[], rubric: Rubric, ask: AskAll): Promise<NonNullable<Judgements["pairs"]>> {
  const pairs = records.map((record) => record.outcomes.slice(1).map((outcome): { question?: readonly [Question, Question]; said: [Preference | null, Preference | null] } => {
    const [first, own] = [textOf(record.outcomes[0]), textOf(outcome)];
    if (first === undefined || own === undefined) return { said: [null, null] };
    if (first === own) return { said: ["tie", "tie"] };
    return { said: [null, null], question: [{ line: record.line, messages: askForWinner(rubric, record, first, own) }, { line: record.line, messages: askForWinner(rubric, record, own, first) }] };
  }));
  const asked = pairs.flat().filter(({ question }) => question !== undefined);
  const answers = await ask(asked.flatMap(({ question }) => question ?? []));
  for (const [index, pair] of asked.entries()) pair.said = [preference(answers[2 * index], "A"), preference(answers[2 * index + 1], "B")];
  return pairs.map((row) => row.map(({ said }) => said));
}

/** Whom a judge prefers, where the first candidate's answer stood in the place `first`. */
function preference(text: string | undefined, first: "A" | "B"): Preference | null {
  const winner = text === undefined ? undefined : readWinner(text);
  return winner === undefined ? null : winner === "tie" ? "tie" : winner === first ? "first" : "candidate";
}

function textOf(outcome: Outcome | JudgedOutcome | undefined): string | undefined {
  return !outcome || "failure" in outcome ? undefined : outcome.text;
}
