import type { Artifact } from "../../jobs/artifact.ts";
import type { MetricPoint } from "../../jobs/metric-point.ts";
import type { Provider } from "../../jobs/provider.ts";
import { isFinished, type Job } from "../../jobs/job.ts";
import { toSegment } from "../http/path-segment.ts";
import { unreadable } from "../http/unreadable.ts";
import type { Endpoint } from "../service.ts";
import { readText } from "../wire/read-text.ts";
import { byStep, readResultFile, toMetricName } from "../wire/result-file.ts";
import type { Client } from "./client.ts";
import type { Dialect } from "./dialects.ts";
import { deleteFile, listFiles, readFile } from "./files.ts";
import { listAll, pageSize, readPage } from "./list-all.ts";
import { isModelFile, listModelFiles } from "./model-files.ts";
import { toCheckpoint } from "./to-checkpoint.ts";
import { toCreation } from "./to-creation.ts";
import { toEvent } from "./to-event.ts";
import { readResultFiles, toJob } from "./to-job.ts";
import { toModel } from "./to-model.ts";
import { createUploads, type UploadSizes } from "./uploads.ts";

/** Jobs are looked at for the newest; the log of one job is wanted whole. */
const mostPages = { jobs: 5, checkpoints: 5, events: 50 };
/** The most of a result file that is read, in bytes: a table of steps has no more. */
const mostResultBytes = 32 * 1024 * 1024;

export interface ProviderParts {
  readonly client: Client;
  readonly dialect: Dialect;
  readonly sizes: UploadSizes;
}

/** The port to fine-tuning over an OpenAI-compatible API. */
export function createProvider(endpoint: Endpoint, { client, dialect, sizes }: ProviderParts): Provider {
  const { id: provider, title } = endpoint;
  const jobPath = (job: string): string => `/fine_tuning/jobs/${toSegment(job)}`;
  const expectJob = (answer: unknown): Job => expect(toJob(provider, answer), "a job");
  const act = async (id: string, verb: string, signal: AbortSignal): Promise<Job> => expectJob(await client.post(`${jobPath(id)}/${verb}`, undefined, signal));
  const { uploadFile, discardUpload } = createUploads(endpoint, client, sizes, Date.now);
  const whole: Provider = {
    id: provider,
    title,
    uploadFile,
    discardUpload,
    async listJobs(signal) {
      const jobs = await list("/fine_tuning/jobs", (answer) => toJob(provider, answer), mostPages.jobs, "a list of jobs", signal);
      return jobs.sort((one, other) => other.createdAt - one.createdAt);
    },
    async listJobPage(after, signal) {
      const { items, next } = expect(readPage(await client.get("/fine_tuning/jobs", { limit: pageSize, ...(after === undefined ? {} : { after }) }, signal), (answer) => toJob(provider, answer)), "a list of jobs");
      return { jobs: items.sort((one, other) => other.createdAt - one.createdAt), ...(next === undefined ? {} : { next }) };
    },
    async retrieveJob(id, signal) {
      return expectJob(await client.get(jobPath(id), {}, signal));
    },
    async createJob(request, signal) {
      return expectJob(await client.post("/fine_tuning/jobs", toCreation(request), signal));
    },
    async listModels(signal) {
      const models = expect(await listAll(() => client.get("/models", {}, signal), toModel, 1), "a list of models");
      return [...models.filter(({ base }) => base), ...models.filter(({ base }) => !base)];
    },
    async checkAccess(signal) {
      // The least that a key for fine-tuning may do; a key may lack the right to list models.
      expect(readPage(await client.get("/fine_tuning/jobs", { limit: 1 }, signal), (answer) => toJob(provider, answer)), "a list of jobs");
      return {};
    },
    cancelJob: (id, signal) => act(id, "cancel", signal),
    pauseJob: (id, signal) => act(id, "pause", signal),
    resumeJob: (id, signal) => act(id, "resume", signal),
    async listEvents(id, signal) {
      const events = await list(`${jobPath(id)}/events`, toEvent, mostPages.events, "a list of events", signal);
      // Events of the same second keep the server's order, which is newest first.
      return events.reverse().sort((one, other) => one.createdAt - other.createdAt);
    },
    async listCheckpoints(id, signal) {
      const checkpoints = await list(`${jobPath(id)}/checkpoints`, (answer) => toCheckpoint(id, answer), mostPages.checkpoints, "a list of checkpoints", signal);
      return checkpoints.sort((one, other) => other.createdAt - one.createdAt || other.step - one.step);
    },
    listMetrics,
    listArtifacts,
    download: (_id, artifact, signal) => (isModelFile(artifact) ? client.download(artifact, signal) : readFile(client, artifact, signal)),
    listFiles: (signal) => listFiles(endpoint, client, signal),
    readFile: (id, signal) => readFile(client, id, signal),
    deleteFile: (id, signal) => deleteFile(client, id, signal),
  };
  return Object.fromEntries(Object.entries(whole).filter(([member]) => !dialect.lacks.includes(member as keyof Provider))) as unknown as Provider;

  /** The events tell them while it trains; the table that is left at the end has what events leave out. */
  async function listMetrics(id: string, signal: AbortSignal): Promise<readonly MetricPoint[]> {
    const events = (await whole.listEvents?.(id, signal)) ?? [];
    const measured = events.flatMap(({ createdAt, metrics }): MetricPoint[] => {
      const { step, total_steps: _total, ...numbers } = metrics ?? {};
      return step === undefined ? [] : [{ step, createdAt, metrics: Object.fromEntries(Object.entries(numbers).map(([name, value]) => [toMetricName(name), value])) }];
    });
    const answer = await client.get(jobPath(id), {}, signal);
    const results = isFinished(expectJob(answer)) ? await Promise.all(readResultFiles(answer).map((file) => readResults(file, signal))) : [];
    return byStep([...measured, ...results.flat()]);
  }

  /** A table that is gone or unreadable leaves what the events tell. */
  async function readResults(file: string, signal: AbortSignal): Promise<readonly MetricPoint[]> {
    try {
      return readResultFile(await readText(await readFile(client, file, signal), mostResultBytes)) ?? [];
    } catch {
      signal.throwIfAborted();
      return [];
    }
  }

  async function listArtifacts(id: string, signal: AbortSignal): Promise<readonly Artifact[]> {
    const answer = await client.get(jobPath(id), {}, signal);
    const files = readResultFiles(answer);
    const { tunedModel } = expectJob(answer);
    const adapter = dialect.modelFiles && tunedModel !== undefined ? await listModelFiles(client, tunedModel, signal) : [];
    return [...adapter, ...files.map((file, index) => ({ id: file, title: files.length === 1 ? "Metrics of every step" : `Metrics of every step, part ${index + 1}`, kind: "metrics" as const, fileName: `${id.replaceAll(/[^\w.-]/g, "-")}-metrics${files.length === 1 ? "" : `-${index + 1}`}.csv` }))];
  }

  async function list<Item extends { readonly id: string }>(path: string, toItem: (answer: unknown) => Item | undefined, most: number, expected: string, signal: AbortSignal): Promise<Item[]> {
    const ask = (after: string | undefined): Promise<unknown> => client.get(path, { limit: pageSize, ...(after === undefined ? {} : { after }) }, signal);
    return expect(await listAll(ask, toItem, most), expected);
  }

  function expect<Value>(value: Value | undefined, expected: string): Value {
    if (value === undefined) throw unreadable(endpoint, expected);
    return value;
  }
}
