import * as z from "zod";
import type { Artifact, Download } from "../../jobs/artifact.ts";
import type { Checkpoint, Job, JobEvent } from "../../jobs/job.ts";
import type { Provider, ProviderModel } from "../../jobs/provider.ts";
import type { RemoteFile } from "../../jobs/remote-file.ts";
import { toSegment } from "../http/path-segment.ts";
import { unlessGone } from "../http/unless-gone.ts";
import { unreadable } from "../http/unreadable.ts";
import type { Endpoint } from "../service.ts";
import { toCreation, toEstimate } from "./to-creation.ts";
import { toCheckpoint } from "./to-checkpoint.ts";
import { toEstimated } from "./to-estimated.ts";
import { toEvent } from "./to-event.ts";
import { toFile } from "./to-file.ts";
import { reasonIn, toJob } from "./to-job.ts";
import { toMetrics } from "./to-metrics.ts";
import { toModelTuning } from "./tuning.ts";
import { createUploads, type UploadParts } from "./uploads.ts";

const list = z.object({ data: z.array(z.unknown()).nullable() });
const supported = z.object({ models: z.array(z.unknown()) });

export interface ProviderParts extends UploadParts {
  /** Milliseconds since 1970. */
  now(): number;
}

/** The port to Together's fine-tuning. Its lists have no pages. Source: Together's specification. */
export function createProvider(endpoint: Endpoint, parts: ProviderParts): Provider {
  const { id: provider, title } = endpoint;
  const { client, transfers, now } = parts;
  const jobPath = (job: string): string => `/fine-tunes/${toSegment(job)}`;
  const filePath = (file: string): string => `/files/${toSegment(file)}`;
  const expectJob = (answer: unknown): Job => expect(toJob(provider, answer, now()), "a job");
  const { uploadFile, discardUpload } = createUploads(endpoint, parts);
  return {
    id: provider,
    title,
    uploadFile,
    discardUpload,
    async listJobs(signal) {
      const jobs = await all("/fine-tunes", (answer) => toJob(provider, answer, now()), "a list of jobs", signal);
      return newestFirst(unique(jobs));
    },
    async retrieveJob(id, signal) {
      const job = expectJob(await client.get(jobPath(id), {}, signal));
      if (job.status !== "failed" || job.error) return job;
      // Why it failed is told by its events alone, which may not come with the job.
      const error = reasonIn(await all(`${jobPath(id)}/events`, (event) => event, "a list of events", signal));
      return error ? { ...job, error } : job;
    },
    async createJob(request, signal) {
      return expectJob(await client.post("/fine-tunes", toCreation(request), signal));
    },
    async listModels(signal): Promise<readonly ProviderModel[]> {
      const read = supported.safeParse(await client.get("/fine-tunes/models/supported", {}, signal));
      const models = expect(read.success ? read.data.models : undefined, "a list of models");
      return models.flatMap((id): ProviderModel[] => (typeof id === "string" && id !== "" ? [{ id, base: true, tunable: true }] : []));
    },
    async tuningOf(model, signal) {
      return expect(toModelTuning(await client.get("/fine-tunes/models/limits", { model_name: model }, signal)), "a model's limits");
    },
    async checkAccess(signal) {
      await all("/files", toFile, "a list of files", signal);
      return {};
    },
    async estimatePrice(request, signal) {
      // It is a question, though it is posted.
      return expect(toEstimated(await client.post("/fine-tunes/estimate-price", toEstimate(request), signal, { maximumRetries: 2 })), "an estimate");
    },
    async cancelJob(id, signal) {
      return expectJob(await client.post(`${jobPath(id)}/cancel`, undefined, signal));
    },
    async deleteJob(id, signal) {
      await unlessGone(client.send("DELETE", jobPath(id), undefined, signal));
    },
    async listEvents(id, signal): Promise<readonly JobEvent[]> {
      const events = await all(`${jobPath(id)}/events`, toEvent, "a list of events", signal);
      return unique(events).sort((one, other) => one.createdAt - other.createdAt);
    },
    async listCheckpoints(id, signal): Promise<readonly Checkpoint[]> {
      const checkpoints = await all(`${jobPath(id)}/checkpoints`, (answer) => toCheckpoint(id, answer), "a list of checkpoints", signal);
      return unique(checkpoints).sort((one, other) => other.step - one.step || other.createdAt - one.createdAt);
    },
    async listMetrics(id, signal) {
      return expect(toMetrics(await client.get(`${jobPath(id)}/metrics`, {}, signal)), "metrics");
    },
    listArtifacts,
    download,
    async listFiles(signal): Promise<readonly RemoteFile[]> {
      return unique(await all("/files", toFile, "a list of files", signal)).sort((one, other) => (other.createdAt ?? 0) - (one.createdAt ?? 0));
    },
    readFile: (id, signal) => fetched(`${filePath(id)}/content`, {}, signal),
    async deleteFile(id, signal) {
      await unlessGone(client.send("DELETE", filePath(id), undefined, signal));
    },
  };

  async function listArtifacts(id: string, signal: AbortSignal): Promise<readonly Artifact[]> {
    const job = expectJob(await client.get(jobPath(id), {}, signal));
    const name = id.replaceAll(/[^\w.-]/g, "-");
    const checkpoints = await all(`${jobPath(id)}/checkpoints`, (answer) => toCheckpoint(id, answer), "a list of checkpoints", signal);
    const steps = [...new Set(checkpoints.map(({ step }) => step))].sort((one, other) => one - other).map((step): Artifact => (
      { id: `step-${step}`, title: `Checkpoint of step ${step}`, kind: "checkpoint", fileName: `${name}-step-${step}.tar.zst` }
    ));
    if (job.status !== "succeeded") return steps;
    const whole: readonly Artifact[] = job.hyperparameters["training_type"] === "Full"
      ? [{ id: "model_output_path", title: "Model", kind: "model", fileName: `${name}-model.tar.zst` }]
      : [{ id: "adapter", title: "Adapter (LoRA)", kind: "adapter", fileName: `${name}-adapter.tar.zst` }, { id: "merged", title: "Model with the adapter fused in", kind: "model", fileName: `${name}-model.tar.zst` }];
    return [...whole, ...steps];
  }

  function download(id: string, artifact: string, signal: AbortSignal): Promise<Download> {
    const step = /^step-(\d+)$/.exec(artifact)?.[1];
    return fetched("/finetune/download", { ft_id: id, ...(step === undefined ? { checkpoint: artifact } : { checkpoint_step: step }) }, signal);
  }

  /** Bytes come from the API itself, or from a store that it sends on to. */
  async function fetched(path: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Download> {
    const answer = await client.download(path, query, signal);
    return "location" in answer ? transfers.get(answer.location, signal) : answer;
  }

  async function all<Item>(path: string, toItem: (answer: unknown) => Item | undefined, expected: string, signal: AbortSignal): Promise<Item[]> {
    const read = list.safeParse(await client.get(path, {}, signal));
    return expect(read.success ? (read.data.data ?? []) : undefined, expected).map(toItem).filter((item) => item !== undefined);
  }

  function expect<Value>(value: Value | undefined, expected: string): Value {
    if (value === undefined) throw unreadable(endpoint, expected);
    return value;
  }
}

function unique<Item extends { readonly id: string }>(items: readonly Item[]): Item[] {
  return [...new Map(items.toReversed().map((item) => [item.id, item])).values()].reverse();
}

function newestFirst(jobs: readonly Job[]): readonly Job[] {
  return jobs.toSorted((one, other) => other.createdAt - one.createdAt);
}
