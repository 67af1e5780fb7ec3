import { randomBytes } from "node:crypto";
import * as z from "zod";
import type { Artifact } from "../../jobs/artifact.ts";
import { isFinished, type Job } from "../../jobs/job.ts";
import { launchKey } from "../../jobs/launch.ts";
import type { Machine } from "../../jobs/machine.ts";
import type { MetricPoint } from "../../jobs/metric-point.ts";
import { ProviderError, type JobPage, type Provider, type ProviderModel } from "../../jobs/provider.ts";
import { toSegment, toSegments } from "../http/path-segment.ts";
import { unreadable } from "../http/unreadable.ts";
import type { Endpoint } from "../service.ts";
import { byStep } from "../wire/result-file.ts";
import { createLogs, type LogPatience } from "./logs.ts";
import { toMachines } from "./machines.ts";
import { createRepository, type RepositoryParts } from "./repository.ts";
import { ownLabel, toCreation } from "./to-creation.ts";
import { toJob } from "./to-job.ts";
import { usualFlavor, usualTimeout } from "./tuning.ts";

const mostPages = 5;
/** Prices are asked for once in so many milliseconds. */
const priceAge = 60 * 60_000;
/** So long they are left alone after they could not be had. */
const priceRest = 60_000;
const models = z.array(z.unknown());
const model = z.object({ id: z.string().min(1), tags: z.array(z.unknown()).catch([]) });
const contents = z.object({ siblings: z.array(z.object({ rfilename: z.string().min(1), size: z.number().optional().catch(undefined) })) });

export interface ProviderParts extends RepositoryParts {
  /** Milliseconds since 1970. */
  now(): number;
  readonly patience: LogPatience;
}

/** The port to fine-tuning as a job on machines of Hugging Face. Source: Hugging Face's client. */
export function createProvider(endpoint: Endpoint, parts: ProviderParts): Provider {
  const { id: provider, title, baseURL } = endpoint;
  const { client, namespace, now } = parts;
  const repository = createRepository(endpoint, parts);
  const jobPath = async (id: string, signal: AbortSignal, verb = ""): Promise<string> => `/api/jobs/${await namespace.name(signal)}/${toSegment(id)}${verb}`;
  const logs = createLogs({
    client,
    patience: parts.patience,
    path: (id, signal) => jobPath(id, signal, "/logs"),
    isOver: async (id, signal) => isFinished(await retrieveJob(id, signal)),
  });
  let machines: { readonly list: readonly Machine[]; readonly askedAt: number } | undefined;
  return {
    id: provider,
    title,
    uploadFile: repository.uploadFile,
    listFiles: repository.listFiles,
    readFile: repository.readFile,
    deleteFile: repository.deleteFile,
    async listJobs(signal) {
      const jobs = new Map<string, Job>();
      let after: string | undefined;
      for (let pages = 0; pages < mostPages; pages += 1) {
        const { jobs: more, next } = await listJobPage(after, signal);
        for (const job of more) jobs.set(job.id, job);
        if (next === undefined || next === after) break;
        after = next;
      }
      return newestFirst([...jobs.values()]);
    },
    listJobPage,
    retrieveJob,
    async createJob(request, signal) {
      const owner = await namespace.name(signal);
      // By the launch, the same launch names the same model.
      const mark = /^[0-9a-z]{8}/.exec(request.metadata[launchKey] ?? "")?.[0] ?? randomBytes(4).toString("hex");
      const body = toCreation(request, { namespace: owner, repository: await repository.repositoryOf(signal), token: endpoint.apiKey, mark });
      return expect(await read(await client.post(`/api/jobs/${owner}`, body, signal), signal), "a job");
    },
    async cancelJob(id, signal) {
      await client.post(await jobPath(id, signal, "/cancel"), undefined, signal);
      return retrieveJob(id, signal);
    },
    listEvents: (id, signal) => logs.read(id, signal),
    followEvents: (id, signal) => logs.follow(id, signal),
    async listMetrics(id, signal): Promise<readonly MetricPoint[]> {
      return byStep((await logs.read(id, signal)).flatMap(({ createdAt, metrics }): MetricPoint[] => {
        const { step, total_steps: _total, ...numbers } = metrics ?? {};
        return step === undefined || Object.keys(numbers).length === 0 ? [] : [{ step, createdAt, metrics: numbers }];
      }));
    },
    async listModels(signal): Promise<readonly ProviderModel[]> {
      const owner = await namespace.name(signal);
      const [popular, own] = await Promise.all([
        listOfModels({ pipeline_tag: "text-generation", library: "transformers", sort: "trendingScore", limit: 100 }, signal),
        listOfModels({ author: owner, limit: 100 }, signal),
      ]);
      return [...new Map([...popular.map((id) => ({ id, base: true })), ...own.map((id) => ({ id, base: false }))].map((each) => [each.id, each])).values()].sort((one, other) => Number(other.base) - Number(one.base));
    },
    listMachines: machinesOf,
    async estimatePrice({ compute }, signal) {
      const { flavor = usualFlavor, timeout = usualTimeout } = compute ?? {};
      const perHour = (await machinesOf(signal)).find(({ id }) => id === flavor)?.pricePerHour;
      return perHour ? { most: { amount: (perHour.amount * Number(timeout)) / 60, currency: perHour.currency } } : {};
    },
    checkAccess: (signal) => namespace.read(signal),
    async listArtifacts(id, signal): Promise<readonly Artifact[]> {
      const { tunedModel } = await retrieveJob(id, signal);
      if (tunedModel === undefined) return [];
      const files = expect(contents.safeParse(await client.get(`/api/models/${toSegments(tunedModel)}`, { blobs: "true" }, signal)).data, "the files of a model").siblings;
      return files.map(({ rfilename: path, size }): Artifact => (
        { id: path, title: path, kind: /adapter/i.test(path) ? "adapter" : "model", fileName: path.replaceAll(/[^\w.-]+/g, "-"), ...(size === undefined ? {} : { bytes: size }) }
      ));
    },
    async download(id, artifact, signal) {
      const { tunedModel } = await retrieveJob(id, signal);
      if (tunedModel === undefined) throw new ProviderError("not-found", `The job ${id} has saved no model.`);
      return repository.fetchFile(`/${toSegments(tunedModel)}/resolve/main/${toSegments(artifact)}`, signal);
    },
  };

  async function retrieveJob(id: string, signal: AbortSignal): Promise<Job> {
    return expect(await read(await client.get(await jobPath(id, signal), {}, signal), signal), "a job");
  }

  async function listJobPage(after: string | undefined, signal: AbortSignal): Promise<JobPage> {
    const path = `/api/jobs/${await namespace.name(signal)}`;
    const { body, headers } = await client.getAnswer(path, after === undefined ? { label: `${ownLabel.name}=${ownLabel.value}` } : Object.fromEntries(new URLSearchParams(after)), signal);
    if (!Array.isArray(body)) throw unreadable(endpoint, "a list of jobs");
    const read = await reader(signal);
    const next = /<([^>]+)>\s*;\s*rel="?next"?/.exec(headers.get("link") ?? "")?.[1];
    // Where it goes on is named as an address; only what it asks for is taken from that.
    const query = next !== undefined && URL.canParse(next, baseURL) ? new URL(next, baseURL).search.slice(1) : "";
    return { jobs: newestFirst(body.map(read).filter((job) => job !== undefined)), ...(query === "" ? {} : { next: query }) };
  }

  async function read(answer: unknown, signal: AbortSignal): Promise<Job | undefined> {
    return (await reader(signal))(answer);
  }

  /** A job without a price is still worth showing. */
  async function reader(signal: AbortSignal): Promise<(answer: unknown) => Job | undefined> {
    const list = await machinesOf(signal).catch(() => {
      signal.throwIfAborted();
      // Not with every list again.
      machines = { list: [], askedAt: now() - priceAge + priceRest };
      return [];
    });
    return (answer) => toJob(provider, answer, baseURL, (flavor) => list.find(({ id }) => id === flavor)?.pricePerHour);
  }

  async function machinesOf(signal: AbortSignal): Promise<readonly Machine[]> {
    if (machines && now() - machines.askedAt < priceAge) return machines.list;
    const list = expect(toMachines(await client.get("/api/jobs/hardware", {}, signal)), "a list of machines");
    machines = { list, askedAt: now() };
    return list;
  }

  async function listOfModels(query: Readonly<Record<string, string | number>>, signal: AbortSignal): Promise<readonly string[]> {
    const list = models.safeParse(await client.get("/api/models", query, signal));
    return expect(list.data, "a list of models").flatMap((each) => {
      const found = model.safeParse(each);
      return found.success ? [found.data.id] : [];
    });
  }

  function expect<Value>(value: Value | undefined, expected: string): Value {
    if (value === undefined) throw unreadable(endpoint, expected);
    return value;
  }
}

function newestFirst(jobs: readonly Job[]): readonly Job[] {
  return jobs.toSorted((one, other) => other.createdAt - one.createdAt);
}
