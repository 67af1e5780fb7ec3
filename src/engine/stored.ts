import * as z from "zod";
import { cluster } from "./executors/cluster.ts";
import { trainingMethods } from "./runners/runner.ts";

/** A file as OpenAI's API shows it. */
export const storedFile = z.object({
  id: z.string(),
  object: z.literal("file"),
  bytes: z.int(),
  created_at: z.int(),
  filename: z.string(),
  purpose: z.string(),
  status: z.literal("processed"),
}).readonly();
export type StoredFile = z.infer<typeof storedFile>;

const checkpoint = z.object({
  id: z.string(),
  created_at: z.int(),
  step_number: z.int(),
  folder: z.string(),
  model: z.string(),
  metrics: z.record(z.string(), z.number()).readonly(),
}).readonly();

const hyperparameters = z.object({
  /** "auto" until the records of the training file were counted. */
  n_epochs: z.union([z.literal("auto"), z.number()]),
  batch_size: z.number(),
  learning_rate_multiplier: z.number(),
  beta: z.number().optional(),
  max_steps: z.number().optional(),
  lora_rank: z.number().optional(),
  lora_layers: z.number().optional(),
}).readonly();

/** Where a job runs that does not run on this machine, as the user's settings were when it was created: later changes of a name do not lead it elsewhere. */
const remotePlace = z.object({
  cluster,
  /** Of each node. */
  cpus: z.number().optional(),
  gpus: z.number().optional(),
  nodes: z.number().optional(),
  /** `sending` from before it is sent, `accepted` once the cluster knows it, `settled` once nothing of it is left there. */
  submission: z.enum(["none", "sending", "accepted", "settled"]),
}).readonly();
export type RemotePlace = z.infer<typeof remotePlace>;

/** A job as OpenAI's API shows it, and what the engine needs to go on with it after a crash. */
export const storedJob = z.object({
  id: z.string(),
  model: z.string(),
  created_at: z.int(),
  finished_at: z.int().nullable(),
  fine_tuned_model: z.string().nullable(),
  status: z.enum(["validating_files", "queued", "running", "succeeded", "failed", "cancelled"]),
  training_file: z.string(),
  validation_file: z.string().nullable(),
  /** Absent in jobs of engines that wrote none. */
  result_files: z.array(z.string()).readonly().default([]),
  trained_tokens: z.int().nullable(),
  seed: z.int(),
  suffix: z.string().nullable(),
  metadata: z.record(z.string(), z.string()).readonly().nullable(),
  /** Absent in jobs of engines that knew no other. */
  method: z.enum(trainingMethods).default("supervised"),
  error: z.object({ code: z.string(), message: z.string(), param: z.string().nullable() }).readonly().nullable(),
  hyperparameters,
  /** How often it was begun again since its last checkpoint, because the engine was killed under it. */
  restarts: z.int(),
  /** Absent: on this machine. */
  place: remotePlace.optional(),
  adapter: z.string().nullable(),
  checkpoints: z.array(checkpoint).readonly(),
}).readonly();
export type StoredJob = z.infer<typeof storedJob>;

/** Whether a job has come to its end, which is never taken back. */
export const hasEnded = ({ status }: StoredJob): boolean => status === "succeeded" || status === "failed" || status === "cancelled";

/** An event as OpenAI's API shows it. */
export const storedEvent = z.object({
  object: z.literal("fine_tuning.job.event"),
  id: z.string(),
  created_at: z.int(),
  level: z.enum(["info", "warn", "error"]),
  message: z.string(),
  type: z.enum(["message", "metrics"]),
  /** Null in events of engines that wrote it so. */
  data: z.record(z.string(), z.number()).readonly().nullish(),
}).readonly();
export type StoredEvent = z.infer<typeof storedEvent>;
