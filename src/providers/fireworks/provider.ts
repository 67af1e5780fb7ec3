import * as z from "zod";
import type { Artifact, Download } from "../../jobs/artifact.ts";
import type { Deployment } from "../../jobs/deployment.ts";
import { isFinished, type Job } from "../../jobs/job.ts";
import type { MetricPoint } from "../../jobs/metric-point.ts";
import { ProviderError, type JobPage, type Provider, type ProviderModel } from "../../jobs/provider.ts";
import { toSegments } from "../http/path-segment.ts";
import { unlessGone } from "../http/unless-gone.ts";
import { unreadable } from "../http/unreadable.ts";
import type { Endpoint } from "../service.ts";
import { readText } from "../wire/read-text.ts";
import { collectionOf, collections, pathOf } from "./collections.ts";
import { createDatasets, type DatasetParts } from "./datasets.ts";
import { listAll, listPage } from "./list.ts";
import { toCreation } from "./to-creation.ts";
import { toDeployment } from "./to-deployment.ts";
import { toJob, toJobId } from "./to-job.ts";
import { readMetricsFile } from "./to-metrics.ts";
import { isAdapter, toModel } from "./to-model.ts";

/** Jobs are looked at for the newest; the library of models is wanted whole. */
const mostPages = { jobs: 3, models: 10, deployments: 5 };
const query = { pageSize: 200, orderBy: "createTime desc" };
const historyPage = 100;
/** Of the two collections that few use, one in which nothing is under way is asked for once in so many milliseconds: somebody else may begin something there. */
const quietAge = 60_000;
/** The most of a metrics file that is read, in bytes. */
const mostMetricsBytes = 32 * 1024 * 1024;

const address = z.string().url().optional().catch(undefined);
const files = z.object({ metricsFileSignedUrl: address, trainerLogsSignedUrl: address });
const signed = z.object({ signedUrl: address });
const addresses = z.object({ filenameToSignedUrls: z.record(z.string(), z.string()) });
/** Where each collection goes on; one that is left out has come to its end. */
const cursor = z.record(z.string(), z.string());

export interface ProviderParts extends DatasetParts {
  /** Milliseconds since 1970. */
  now(): number;
}

/** The port to Fireworks' fine-tuning: three collections of jobs as one list. It has no events; how far a job is stands in the job. Source: Fireworks' SDK. */
export function createProvider(endpoint: Endpoint, parts: ProviderParts): Provider {
  const { id: provider, title } = endpoint;
  const { client, account, transfers, now } = parts;
  const toOwn = (answer: unknown): Job | undefined => toJob(provider, answer);
  const own = async (path: string, signal: AbortSignal): Promise<string> => `/v1/${await account.name(signal)}/${path}`;
  const read = async (id: string, signal: AbortSignal): Promise<unknown> => client.get(await own(pathOf(id), signal), {}, signal);
  const datasets = createDatasets(endpoint, parts);
  /** Collections in which nothing was under way when they were last asked for. */
  const quiet = new Map<string, { readonly jobs: readonly Job[]; readonly askedAt: number }>();
  return {
    id: provider,
    title,
    ...datasets,
    async listJobs(signal) {
      const parent = await own("", signal);
      const lists = await Promise.all(collections.map(async ({ path, method }) => {
        const known = quiet.get(path);
        if (known && method !== "sft" && now() - known.askedAt < quietAge) return known.jobs;
        const jobs = await listAll(endpoint, client, parent + path, path, query, toOwn, mostPages.jobs, signal);
        if (jobs.every(isFinished)) quiet.set(path, { jobs, askedAt: now() });
        else quiet.delete(path);
        return jobs;
      }));
      return newestFirst(lists.flat());
    },
    listJobPage,
    async retrieveJob(id, signal) {
      return expect(toOwn(await read(id, signal)), "a job");
    },
    async createJob(request, signal) {
      const { path, idParameter } = collectionOf(`${collections.find(({ method }) => method === (request.method ?? "sft"))?.path}/`);
      const parent = await own(path, signal);
      const body = toCreation(request, await isWarm(request.model, signal));
      quiet.delete(path);
      const chosen = toJobId(request.metadata);
      const answer = await client.send("POST", parent, body, signal, { query: { [idParameter]: chosen }, expected: chosen === undefined ? [] : [409] });
      // The same launch has made it before, and its answer was lost.
      return expect(toOwn(answer.status === 409 ? await read(`${path}/${chosen}`, signal) : answer.body), "a job");
    },
    async listModels(signal): Promise<readonly ProviderModel[]> {
      const mine = await own("models", signal);
      const [library, tuned] = await Promise.all(["/v1/accounts/fireworks/models", mine].map((path) => listAll(endpoint, client, path, "models", { pageSize: 200 }, toModel, mostPages.models, signal)));
      const models = [...new Map([...(library ?? []), ...(tuned ?? [])].map((model) => [model.id, model])).values()];
      return [...models.filter(({ base }) => base), ...models.filter(({ base }) => !base)];
    },
    checkAccess: (signal) => account.read(signal),
    async cancelJob(id, signal) {
      await client.post(await own(`${pathOf(id)}:cancel`, signal), {}, signal);
      return expect(toOwn(await read(id, signal)), "a job");
    },
    async resumeJob(id, signal) {
      quiet.delete(collectionOf(id).path);
      await client.post(await own(`${pathOf(id)}:resume`, signal), {}, signal);
      return expect(toOwn(await read(id, signal)), "a job");
    },
    async deleteJob(id, signal) {
      quiet.delete(collectionOf(id).path);
      await unlessGone(client.send("DELETE", await own(pathOf(id), signal), undefined, signal));
    },
    async listMetrics(id, signal): Promise<readonly MetricPoint[]> {
      const url = await metricsAddress(id, await read(id, signal), signal);
      return url === undefined ? [] : readMetricsFile(await readText(await transfers.get(url, signal), mostMetricsBytes));
    },
    listArtifacts,
    download,
    async listDeployments(signal): Promise<readonly Deployment[]> {
      return listAll(endpoint, client, await own("deployments", signal), "deployments", { pageSize: 200 }, toDeployment, mostPages.deployments, signal);
    },
    deployModel,
    async removeDeployment(id, signal) {
      await unlessGone(client.send("DELETE", `/v1/${toSegments(id)}`, undefined, signal));
    },
  };

  async function listJobPage(after: string | undefined, signal: AbortSignal): Promise<JobPage> {
    const tokens = readCursor(after);
    const parent = await own("", signal);
    const asked = collections.filter(({ path }) => tokens === undefined || tokens[path] !== undefined);
    const pages = await Promise.all(asked.map(async ({ path }) => ({ path, ...(await listPage(endpoint, client, parent + path, path, { ...query, pageSize: historyPage, pageToken: tokens?.[path] }, toOwn, signal)) })));
    const further = Object.fromEntries(pages.flatMap(({ path, next }) => (next === undefined ? [] : [[path, next]])));
    return { jobs: newestFirst(pages.flatMap(({ items }) => items)), ...(Object.keys(further).length === 0 ? {} : { next: JSON.stringify(further) }) };
  }

  /** A model of the account's own may be an adapter. */
  async function isWarm(model: string, signal: AbortSignal): Promise<boolean> {
    const prefix = `${await account.name(signal)}/models/`;
    return model.startsWith(prefix) && isAdapter(await client.get(`/v1/${prefix}${toSegments(model.slice(prefix.length))}`, {}, signal));
  }

  /** A supervised job has the address in itself, a preference job is asked for it, and a reinforcement job has none. */
  async function metricsAddress(id: string, job: unknown, signal: AbortSignal): Promise<string | undefined> {
    const inJob = files.safeParse(job).data?.metricsFileSignedUrl;
    if (inJob !== undefined || collectionOf(id).method !== "dpo") return inJob;
    const answer = await client.get(await own(`${pathOf(id)}:getMetricsFileEndpoint`, signal), {}, signal).catch((error: unknown) => {
      // There is none before the first step.
      if (error instanceof ProviderError && ["not-found", "invalid"].includes(error.kind)) return undefined;
      throw error;
    });
    return signed.safeParse(answer).data?.signedUrl;
  }

  async function listArtifacts(id: string, signal: AbortSignal): Promise<readonly Artifact[]> {
    const answer = await read(id, signal);
    const job = expect(toOwn(answer), "a job");
    const name = id.replace(/^.*\//, "").replaceAll(/[^\w.-]/g, "-");
    const weights = job.tunedModel === undefined ? [] : Object.keys(await modelFiles(job.tunedModel, signal)).map((file): Artifact => (
      { id: `model:${file}`, title: file, kind: /adapter|lora/i.test(file) ? "adapter" : "model", fileName: `${name}-${file.replaceAll(/[^\w.-]/g, "-")}` }
    ));
    return [
      ...weights,
      ...((await metricsAddress(id, answer, signal)) === undefined ? [] : [{ id: "metrics", title: "Metrics of every step", kind: "metrics", fileName: `${name}-metrics.jsonl` } as const]),
      ...(files.safeParse(answer).data?.trainerLogsSignedUrl === undefined ? [] : [{ id: "log", title: "The trainer's log", kind: "log", fileName: `${name}.log` } as const]),
    ];
  }

  /** Addresses expire, so they are asked for again. */
  async function download(id: string, artifact: string, signal: AbortSignal): Promise<Download> {
    const answer = await read(id, signal);
    const url = artifact === "metrics" ? await metricsAddress(id, answer, signal)
      : artifact === "log" ? files.safeParse(answer).data?.trainerLogsSignedUrl
      : (await modelFiles(expect(toOwn(answer), "a job").tunedModel ?? "", signal))[artifact.replace(/^model:/, "")];
    if (url === undefined) throw new ProviderError("not-found", `${title} has no "${artifact}" of the job ${id}.`);
    return transfers.get(url, signal);
  }

  async function modelFiles(model: string, signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
    const answer = addresses.safeParse(await client.get(`/v1/${toSegments(model)}:getDownloadEndpoint`, {}, signal));
    return expect(answer.data?.filenameToSignedUrls, "the files of a model");
  }

  /** A tuned model gets one deployment, named after it, which sleeps while nobody asks: doing it again finds that one. */
  async function deployModel(model: string, signal: AbortSignal): Promise<Deployment> {
    const deploymentId = `tunesmith-${model.replace(/^.*\//, "").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").slice(0, 48)}`.replace(/-+$/, "");
    const parent = await own("deployments", signal);
    const body = { baseModel: model, displayName: deploymentId, deploymentShape: "default", minReplicaCount: 0, maxReplicaCount: 1 };
    const answer = await client.send("POST", parent, body, signal, { query: { deploymentId }, expected: [409] });
    return expect(toDeployment(answer.status === 409 ? await client.get(`${parent}/${deploymentId}`, {}, signal) : answer.body), "a deployment");
  }

  function expect<Value>(value: Value | undefined, expected: string): Value {
    if (value === undefined) throw unreadable(endpoint, expected);
    return value;
  }
}

/** What is no place in the history is its beginning. */
function readCursor(after: string | undefined): z.infer<typeof cursor> | undefined {
  try {
    return cursor.safeParse(JSON.parse(after ?? "null")).data;
  } catch {
    return undefined;
  }
}

function newestFirst(jobs: readonly Job[]): readonly Job[] {
  return [...new Map(jobs.map((job) => [job.id, job])).values()].sort((one, other) => other.createdAt - one.createdAt);
}
