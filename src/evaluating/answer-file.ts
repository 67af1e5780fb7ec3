import { existsSync } from "node:fs";
import { appendFile, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as z from "zod";
import type { AnswerStore } from "../evaluation/answer-store.ts";
import type { ChatAnswer, Likelihood } from "../evaluation/model.ts";
import type { LikelihoodStore } from "../evaluation/score-references.ts";
import { openBatchLedger } from "./batch-ledger.ts";
import { evaluationFolder } from "./evaluation-folder.ts";
import { syncFolder } from "./sync-folder.ts";

const suffix = ".answers.jsonl";

const heading = z.object({
  evaluation: z.object({ startedAt: z.string(), testFile: z.string(), provider: z.string(), base: z.string(), tuned: z.string(), job: z.string().optional() }),
});
const answer = z.object({ key: z.string(), text: z.string(), finishReason: z.string(), promptTokens: z.number().optional(), answerTokens: z.number().optional(), milliseconds: z.number().optional() });

const likelihood = z.object({ key: z.string(), logprob: z.number(), tokens: z.int().min(0) });

/** What an unfinished evaluation was started with; the test file as reports name it. */
export type Heading = z.infer<typeof heading>["evaluation"];

const planHeading = z.object({ plan: z.object({ startedAt: z.string(), planFile: z.string(), asked: z.array(z.object({ provider: z.string(), model: z.string() })) }) });

/** What an unfinished run of a plan was started with; the plan as reports name it. */
export type PlanHeading = z.infer<typeof planHeading>["plan"];

/** Answers on disk, one a line, below a line that says which evaluation they belong to. */
export interface AnswerFile extends AnswerStore {
  /** Answers of this very evaluation that are there. */
  readonly answered: number;
  /** How likely models find references, kept and found as answers are. */
  readonly likelihoods: LikelihoodStore;
  /** The evaluation has its report: it is not to be gone on with any more, and its answers go to those that others find. */
  complete(): Promise<void>;
}

/**
 * Opens or begins the answers of one evaluation in the folder `root`. When this resolves, the evaluation is on disk and would be found again after a crash. What
 * other evaluations of the folder asked the same models is found too, so that no question is paid for twice.
 */
export async function openAnswerFile(root: string, id: string, begun: Heading | PlanHeading): Promise<AnswerFile> {
  const folder = evaluationFolder(root);
  const path = join(folder, `${id}${suffix}`);
  await mkdir(folder, { recursive: true });
  const text = await readFile(path, "utf8").catch(ifMissing(undefined));
  if (text === undefined) await appendSynced(path, `${JSON.stringify("planFile" in begun ? { plan: begun } : { evaluation: begun })}\n`);
  // A crash may have cut the last line; the next answer must not be glued to it.
  else if (!text.endsWith("\n")) await appendFile(path, "\n");
  const own = readKept(text ?? "");
  const others = await keptByOthers(root, path, begun);
  let writing: Promise<void> = Promise.resolve();
  const append = (line: object): Promise<void> => {
    // One write after the other, so that lines never mix.
    writing = writing.then(() => appendFile(path, `${JSON.stringify(line)}\n`));
    return writing;
  };
  return {
    get answered() {
      return own.answers.size;
    },
    find: (key) => own.answers.get(key) ?? others.answers.get(key),
    keep(key: string, given: ChatAnswer) {
      own.answers.set(key, given);
      return append({ key, ...given });
    },
    likelihoods: {
      find: (key) => own.likelihoods.get(key) ?? others.likelihoods.get(key),
      keep(key, given) {
        own.likelihoods.set(key, given);
        return append({ key, ...given });
      },
    },
    async complete() {
      if (own.answers.size + own.likelihoods.size === 0) return rm(path, { force: true });
      const kept = join(answerFolder(root), `${id}.jsonl`);
      await mkdir(answerFolder(root), { recursive: true });
      // What an earlier evaluation by this name has kept stays.
      if (existsSync(kept)) {
        await appendFile(kept, await readFile(path));
        await rm(path, { force: true });
      } else await rename(path, kept);
    },
  };
}

/** Finds the answers, and the likelihoods of references, that a run of an evaluation would not ask for, without beginning it. */
export async function findKeptAnswers(root: string, id: string, begun: Heading | PlanHeading): Promise<{ readonly answer: AnswerStore["find"]; readonly likelihood: LikelihoodStore["find"] }> {
  const path = join(evaluationFolder(root), `${id}${suffix}`);
  const own = readKept(await readFile(path, "utf8").catch(ifMissing("")));
  const others = await keptByOthers(root, path, begun);
  return { answer: (key) => own.answers.get(key) ?? others.answers.get(key), likelihood: (key) => own.likelihoods.get(key) ?? others.likelihoods.get(key) };
}

/** Finds the answers that the evaluations of the folder `root` have kept of some models. */
export async function findAnswers(root: string, asked: PlanHeading["asked"]): Promise<AnswerStore["find"]> {
  const kept = await keptByOthers(root, "", { startedAt: "", planFile: "", asked });
  return (key) => kept.answers.get(key);
}

/** Where the answers of completed evaluations lie. */
function answerFolder(root: string): string {
  return join(root, ".tunesmith", "answers");
}

/** What models said, by what they were asked. */
interface Kept {
  readonly answers: Map<string, ChatAnswer>;
  readonly likelihoods: Map<string, Likelihood>;
}

/** What other evaluations kept that asked one of the same models. */
async function keptByOthers(root: string, own: string, begun: Heading | PlanHeading): Promise<Kept> {
  const names = async (folder: string, ending: string): Promise<string[]> => (await readdir(folder).catch(ifMissing<string[]>([]))).filter((name) => name.endsWith(ending)).map((name) => join(folder, name));
  const files = [...(await names(answerFolder(root), ".jsonl")), ...(await names(evaluationFolder(root), suffix))].filter((file) => file !== own);
  const found: Kept = { answers: new Map(), likelihoods: new Map() };
  const wanted = new Set(askedBy(begun));
  // One after the other: each may be large.
  for (const file of files) {
    const text = await readFile(file, "utf8").catch(ifMissing(""));
    const first = text.slice(0, text.indexOf("\n"));
    const begunThere = [...readLine(heading, first).map(({ evaluation }) => evaluation), ...readLine(planHeading, first).map(({ plan }) => plan)];
    if (!begunThere.flatMap(askedBy).some((each) => wanted.has(each))) continue;
    const { answers, likelihoods } = readKept(text);
    for (const [key, given] of answers) found.answers.set(key, given);
    for (const [key, given] of likelihoods) found.likelihoods.set(key, given);
  }
  return found;
}

/** The models that an evaluation asks, with their services. */
function askedBy(begun: Heading | PlanHeading): string[] {
  const asked = "planFile" in begun ? begun.asked : [begun.base, begun.tuned].map((model) => ({ provider: begun.provider, model }));
  return asked.map(({ provider, model }) => JSON.stringify([provider, model]));
}

function readKept(text: string): Kept {
  const kept: Kept = { answers: new Map(), likelihoods: new Map() };
  for (const { key, ...given } of text.split("\n").flatMap((line) => readLine(z.union([answer, likelihood]), line))) {
    if ("text" in given) kept.answers.set(key, given);
    else kept.likelihoods.set(key, given);
  }
  return kept;
}

/** The evaluations that were begun in the folder `root` and not completed, the latest first. */
export async function listUnfinished(root: string): Promise<readonly (Heading & { readonly answered: number })[]> {
  const found = await listBegun(root, heading);
  return found.map(({ begun: { evaluation }, answered }) => ({ ...evaluation, answered })).sort((a, b) => b.startedAt.localeCompare(a.startedAt));
}

/** A run of a plan that was begun and not completed, with the answers that it has and those that batches of its models have yet to give. */
export type UnfinishedPlan = PlanHeading & { readonly answered: number; readonly awaited: number };

/** The runs of plans that were begun in the folder `root` and not completed, the latest of each plan. */
export async function listUnfinishedPlans(root: string): Promise<readonly UnfinishedPlan[]> {
  const found = await listBegun(root, planHeading);
  const latest = new Map(found.sort((a, b) => a.begun.plan.startedAt.localeCompare(b.begun.plan.startedAt)).map((each) => [each.begun.plan.planFile, each]));
  const ledger = openBatchLedger(root);
  return Promise.all([...latest.values()].reverse().map(async ({ begun: { plan }, answered }) => {
    const models = new Map(plan.asked.map((each) => [JSON.stringify([each.provider, each.model]), each]));
    const sent = await Promise.all([...models.values()].map(({ provider, model }) => ledger.list(provider, model)));
    return { ...plan, answered, awaited: sent.flat().reduce((sum, { keys }) => sum + keys.length, 0) };
  }));
}

async function listBegun<Begun extends z.ZodType>(root: string, begun: Begun): Promise<{ readonly begun: z.infer<Begun>; readonly answered: number }[]> {
  const folder = evaluationFolder(root);
  const names = await readdir(folder).catch(ifMissing<string[]>([]));
  const found = await Promise.all(names.filter((name) => name.endsWith(suffix)).map(async (name) => {
    const lines = (await readFile(join(folder, name), "utf8").catch(ifMissing(""))).split("\n");
    return readLine(begun, lines[0] ?? "").map((head) => ({ begun: head, answered: lines.slice(1).flatMap((line) => readLine(answer, line)).length }));
  }));
  return found.flat();
}

/** A line that is not what it should be, cut by a crash say, counts as not written. */
function readLine<Schema extends z.ZodType>(schema: Schema, line: string): z.infer<Schema>[] {
  try {
    const read = schema.safeParse(JSON.parse(line));
    return read.success ? [read.data] : [];
  } catch {
    return [];
  }
}

async function appendSynced(path: string, text: string): Promise<void> {
  await appendFile(path, text, { flush: true });
  await syncFolder(dirname(path));
}

function ifMissing<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if ((error as { code?: unknown }).code === "ENOENT") return value;
    throw error;
  };
}
