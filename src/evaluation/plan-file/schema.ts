import * as z from "zod";
import { presets } from "../judge/questions.ts";
import { metrics, writtenMetric } from "../metrics/index.ts";

const file = (description: string) => z.string().min(1).meta({ description: `${description} A path, relative to this file's folder.` });

const day = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "a day as YYYY-MM-DD");

const price = z.strictObject({
  input: z.number().min(0).meta({ description: "US dollars for a million tokens of questions." }),
  output: z.number().min(0).meta({ description: "US dollars for a million tokens of answers." }),
  dated: day.meta({ description: "The day on which you read it, YYYY-MM-DD." }),
});

const candidate = z.strictObject({
  name: z.string().min(1).max(80).optional().meta({ description: "How the report calls it. Without it: the model, and how it is asked." }),
  service: z.string().min(1).meta({ description: "Who answers: `local` for the engine on this machine, else a service by the name that it has in the user's settings. Never an address." }),
  model: z.string().min(1).meta({ description: "A base model, a tuned model or a checkpoint, as the service knows it." }),
  tuned: z.boolean().optional().meta({ description: "Whether it was tuned on the training file, so that the summary can say whether tuning won. Without it: false." }),
  fewShot: z.int().min(1).max(100).optional().meta({ description: "Puts so many examples before every question: the first of the training file, the same for all." }),
  retrieval: z.int().min(1).max(100).optional().meta({ description: "Puts so many examples before every question: those of the training file that are nearest to it by BM25, the nearest last." }),
  batch: z.boolean().optional().meta({ description: "Whether its questions go as a batch: the service answers them within 24 hours, and bills less, OpenAI half. What a batch leaves unanswered is asked one by one. Without it: false." }),
  price: price.optional().meta({ description: "What its tokens cost, as you read it at the service: the report then says the cost of a thousand records." }),
});

const judge = z.strictObject({
  service: z.string().min(1).meta({ description: "Who judges: `local`, or a service by the name that it has in the user's settings. Never an address." }),
  model: z.string().min(1).meta({ description: "The model that judges. One that is none of the candidates is fairer." }),
  rubric: z.string().min(1).max(10_000).meta({ description: `What it looks at: ${Object.keys(presets).join(", ")}, or a question of your own.`, examples: Object.keys(presets) }),
  styleSheet: file("The style sheet that answers should keep to, as a text.").optional(),
  scores: z.boolean().optional().meta({ description: "Whether it marks every answer from 1 to 5. Without it: true." }),
  pairs: z.boolean().optional().meta({ description: "Whether it compares every answer with the first candidate's, in both orders. Without it: true." }),
  ratings: file("People's marks, one a line: {\"line\": 3, \"candidate\": \"mine\", \"rating\": 4}. The report says how far people agree with the judge.").optional(),
  batch: z.boolean().optional().meta({ description: "Whether its questions go as a batch, as a candidate's may: one for marks and, when that is answered, one for comparisons. Without it: false." }),
  structured: z.boolean().optional().meta({ description: "Whether the service is asked to hold the judge to a JSON Schema. Without it: true." }),
});

/** What an `*.eval.jsonc` may say: one comparison of several ways to get an answer, so that it can be reviewed and repeated. Services are named, never addressed. */
export const planFileSchema = z.strictObject({
  $schema: z.string().optional().meta({ description: "Where an editor finds the schema of this file." }),
  test: z.union([
    file("The records that every candidate answers."),
    z.strictObject({ dataset: file("The dataset that the records are of."), frozen: file("The list of the records that Split Dataset, or split --frozen, keeps back.") }).meta({ description: "The share of a dataset that a list keeps back, however the dataset grows. What is learned from is the rest, unless `training` names another file." }),
  ]).meta({ description: "The records that every candidate answers: a file, or the share of a dataset that a list keeps back." }),
  training: file("What tuned models learned from, and where examples come from. Test records that occur there are left out and listed.").optional(),
  candidates: z.array(candidate).min(2).max(20).meta({ description: "What is compared. The first is the baseline that the others are compared with." }),
  metric: z.enum(metrics.filter(({ kind }) => kind === "pass-fail").map(({ id }) => id)).optional().meta({ description: "What counts as right, where that is all: short for `metrics` with one. Without both: exact-match." }),
  metrics: z.array(writtenMetric).min(1).max(20).optional().meta({ description: "What is measured: names, or objects with a metric and its parameters. The first says what counts as right; all are judged together, each corrected for their number." }),
  judge: judge.optional().meta({ description: "A model that judges the answers, at temperature 0." }),
  guardRail: z.strictObject({
    test: file("General questions, refusals, formats and languages that tuning must not have broken, each with a right answer."),
    metrics: z.array(writtenMetric).min(1).max(20).optional().meta({ description: "What is measured there. Without it: what is measured on the test file." }),
  }).optional().meta({ description: "Records that every candidate answers too, to see whether tuning broke anything else. The summary says so." }),
  breakEven: z.strictObject({
    tuned: z.string().min(1).meta({ description: "The tuned candidate, as the report calls it. It has a price." }),
    instead: z.string().min(1).meta({ description: "The candidate that it replaces, such as a larger base model. It has a price." }),
    training: z.number().min(0).meta({ description: "What training cost, in US dollars." }),
    hostingPerMonth: z.number().min(0).optional().meta({ description: "What it costs by the month that the tuned model can be asked, in US dollars. Without it: nothing." }),
    requestsPerMonth: z.number().positive().optional().meta({ description: "How often you ask it in a month." }),
    dated: day.meta({ description: "The day of these amounts, YYYY-MM-DD." }),
  }).optional().meta({ description: "Has the report say after how many requests training has paid, from the tokens of the answers and the candidates' prices." }),
  slices: z.array(z.string().min(1)).max(10).optional().meta({ description: "Fields of the test records by which scores are shown apart, such as `topic` or `metadata.language`. Label, length and system prompt are always shown, where there are several." }),
  limits: z.strictObject({
    maximumTokens: z.int().min(1).max(100_000).optional().meta({ description: "The most tokens of an answer. Without it: 64." }),
    concurrency: z.int().min(1).max(256).optional().meta({ description: "How many requests are under way at the same time at most. Without it: 8." }),
  }).optional().meta({ description: "The same for every candidate." }),
  seed: z.int().min(0).max(2 ** 31 - 1).optional().meta({ description: "Goes with every request. Without it: 0." }),
});

/** An `*.eval.jsonc` as it was read. */
export type PlanFile = z.infer<typeof planFileSchema>;
export type PlannedJudge = z.infer<typeof judge>;
export type PlannedCandidate = z.infer<typeof candidate>;

/** The JSON Schema that editors complete evaluation plans by. */
export function planFileJsonSchema(): object {
  return { ...z.toJSONSchema(planFileSchema, { target: "draft-7", io: "input" }), title: "One evaluation with Tunesmith", allowComments: true, allowTrailingCommas: true };
}
