import * as z from "zod";

/** A message of a prompt. */
export const messageSchema = z.object({ role: z.string(), content: z.string(), tool_calls: z.array(z.unknown()).optional(), tool_call_id: z.string().optional() });
/** How likely the model finds the reference, where a metric asked for it. */
const likelihood = z.union([z.object({ logprob: z.number(), tokens: z.int().min(0) }), z.object({ untold: z.string() })]);
const measured = { likelihood: likelihood.optional(), promptTokens: z.number().optional(), answerTokens: z.number().optional(), milliseconds: z.number().optional() };
/** What a model made of a record, and whether that is right. */
export const outcomeSchema = z.union([z.object({ text: z.string(), finishReason: z.string(), right: z.boolean(), ...measured }), z.object({ failure: z.string() })]);
/** What a report keeps of a record, whoever answers it. */
export const askedRecord = { line: z.int().min(1), prompt: z.array(messageSchema).min(1), reference: z.string(), tools: z.array(z.unknown()).optional(), fields: z.record(z.string(), z.string()).optional() };
const judgedRecord = z.object({ ...askedRecord, base: outcomeSchema, tuned: outcomeSchema });

/** What an evaluation was made with: enough to make it again. Paths are relative to the workspace folder where they lie in it, with forward slashes. */
export const settingSchema = z.object({
  /** ISO 8601, in UTC. */
  createdAt: z.iso.datetime(),
  dataset: z.object({
    path: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/), refused: z.array(z.object({ line: z.int().min(1), reason: z.string() })),
    /** How many of its records were corrected and moved to training before this evaluation. */
    moved: z.int().min(1).optional(),
  }),
  /** The file that the tuned model learned from, where it is known: no test record of it is left in. */
  training: z.object({
    path: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** How many records have a system message, or none, that no record of it has. */
    otherSystem: z.int().min(1).optional(),
  }).optional(),
  models: z.object({ provider: z.string(), base: z.string(), tuned: z.string(), job: z.string().optional() }),
  options: z.object({ temperature: z.number(), maximumTokens: z.int().min(1), seed: z.int().optional() }),
  /** The metric that says which answers are right. */
  metric: z.string(),
  /** Metrics that are judged together with it, so that each is corrected for their number. */
  also: z.array(z.string()).optional(),
  /** Fields of the records by which scores are told apart; records keep no others. */
  slices: z.array(z.string()).optional(),
  /** How many different comparisons had been made on the test file when this run ended, itself among them. */
  looks: z.int().min(1).optional(),
});

/** A report of two models as it is saved: version 1. */
export const savedReport = z.object({ format: z.literal("tunesmith-evaluation"), version: z.literal(1), ...settingSchema.shape, records: z.array(judgedRecord).min(1) });

export type Setting = z.infer<typeof settingSchema>;
export type JudgedRecord = z.infer<typeof judgedRecord>;
export type JudgedOutcome = z.infer<typeof outcomeSchema>;
