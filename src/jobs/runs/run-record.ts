import * as z from "zod";

const moment = z.iso.datetime();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const file = (what: string) => z.looseObject({
  path: z.string().meta({ description: "From the folder that holds .tunesmith, with forward slashes." }),
  sha256: sha256.meta({ description: "Of the bytes that were uploaded." }),
  records: z.int().min(0),
  tokens: z.union([z.int().min(0), z.looseObject({ least: z.int().min(0), most: z.int().min(0) })]).optional().meta({ description: "Of the file, once; a range where the model has a tokenizer of its own." }),
}).meta({ description: what });
const value = z.union([z.number(), z.string(), z.boolean()]);
const rate = z.number().min(0).max(1);
const score = z.looseObject({
  report: z.string().meta({ description: "The evaluation's own file." }),
  at: moment,
  test: z.looseObject({ path: z.string(), sha256 }),
  metric: z.string(),
  records: z.int().min(0).meta({ description: "Those that both models answered." }),
  base: rate, tuned: rate,
  low: z.number().meta({ description: "The lower end of the 95 % interval of the difference." }),
  high: z.number(),
  outcome: z.string(),
});

/** One fine-tuning as `.tunesmith/runs/<id>.json` keeps it: what went in, what was asked for, and what came of it. Members that are not named here are kept. */
export const runRecordSchema = z.looseObject({
  format: z.literal("tunesmith-run"),
  version: z.literal(1),
  id: z.string().min(1),
  name: z.string().optional().meta({ description: "The suffix of the tuned model." }),
  service: z.string().meta({ description: "Where it trained, by the name that it has in the user's settings." }),
  job: z.string().optional().meta({ description: "The service's id of the job." }),
  state: z.string().meta({ description: "How far it has come, in the words of Tunesmith: created, running, succeeded, failed, cancelled." }),
  times: z.looseObject({ started: moment, finished: moment.optional() }),
  model: z.looseObject({ base: z.string(), tuned: z.string().optional() }),
  data: z.looseObject({
    training: file("What was learned."), validation: file("What the loss was measured on.").optional(),
    splitFrom: z.string().optional().meta({ description: "The file that both are parts of." }),
  }),
  launchFile: z.looseObject({ path: z.string(), content: z.record(z.string(), z.unknown()).meta({ description: "As it was when the job was started." }).optional() }).optional(),
  parameters: z.looseObject({
    method: z.string(),
    sent: z.record(z.string(), value).meta({ description: "Hyperparameters that were chosen; the others were the service's choice." }),
    reported: z.record(z.string(), value).optional().meta({ description: "As the service says of the job." }),
    seed: z.number().optional(),
  }),
  files: z.looseObject({ training: z.string().optional(), validation: z.string().optional() }).optional().meta({ description: "The service's ids of the files." }),
  versions: z.record(z.string(), z.string()).optional(),
  results: z.looseObject({
    trainedTokens: z.number().optional(),
    cost: z.looseObject({ amount: z.number(), currency: z.string() }).optional(),
    metrics: z.record(z.string(), z.number()).optional().meta({ description: "The last that was measured of each." }),
    error: z.looseObject({ code: z.string().optional(), message: z.string() }).optional(),
    evaluations: z.array(score).optional(),
  }).optional(),
});

export type RunRecord = z.infer<typeof runRecordSchema>;
export type RunScore = z.infer<typeof score>;

/** Reads a run record. Throws an Error that says what is wrong with the text. */
export function readRun(text: string): RunRecord {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Error("This is no run record: it is not valid JSON.", { cause });
  }
  const read = runRecordSchema.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`This is no run record that this Tunesmith can read: ${issue?.path.join(".") || "the whole"}: ${issue?.message}.`);
}

/** A run record as text: in one order, one member a line, so that two of them can be laid side by side. */
export function toRunText(run: RunRecord): string {
  return `${JSON.stringify(run, undefined, 2)}\n`;
}

/**
 * What is known now, with what was known before and is not said anew; members that nobody here knows stay. The order is that of what is known now.
 * Lists are replaced, but for evaluations, which are kept by their reports.
 */
export function mergeRuns(before: RunRecord, now: RunRecord): RunRecord {
  const merged = merge(before, now) as RunRecord;
  const scores = mergeScores(before.results?.evaluations ?? [], now.results?.evaluations ?? []);
  return scores.length === 0 ? merged : { ...merged, results: { ...merged.results, evaluations: scores } };
}

/** As many evaluations are kept, the newest. */
const mostScores = 20;

function mergeScores(before: readonly RunScore[], now: readonly RunScore[]): RunScore[] {
  const known = new Map([...before, ...now].map((each) => [each.report, each]));
  return [...known.values()].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : one.report < other.report ? -1 : 1)).slice(-mostScores);
}

function merge(before: unknown, now: unknown): unknown {
  if (!isObject(before) || !isObject(now)) return now;
  const own = Object.entries(now).map(([key, each]) => [key, key in before ? merge(before[key], each) : each]);
  return Object.fromEntries([...own, ...Object.entries(before).filter(([key]) => !(key in now))]);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The JSON Schema by which editors explain run records. */
export function runRecordJsonSchema(): object {
  return { ...z.toJSONSchema(runRecordSchema, { target: "draft-7", io: "input" }), title: "One run of a fine-tuning with Tunesmith" };
}
