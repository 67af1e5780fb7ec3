import * as z from "zod";
import type { Provider, UploadRequest } from "../../jobs/provider.ts";
import type { Job } from "../../jobs/job.ts";
import type { Endpoint } from "../service.ts";
import type { Client } from "./client.ts";
import { openDataset, toUploadName } from "../http/dataset-file.ts";
import { listAll, pageSize } from "./list-all.ts";
import { toCheckpoint } from "./to-checkpoint.ts";
import { toCreation } from "./to-creation.ts";
import { toEvent } from "./to-event.ts";
import { toJob } from "./to-job.ts";
import { toModel } from "./to-model.ts";
import { unreadable } from "../http/unreadable.ts";

const uploaded = z.object({ id: z.string().min(1) });

/** Jobs are looked at for the newest; the log of one job is wanted whole. */
const mostPages = { jobs: 5, checkpoints: 5, events: 50 };
/** Half a gigabyte over a slow line. */
const uploadTimeout = 2 * 60 * 60 * 1000;

/** The port to fine-tuning over an OpenAI-compatible API. */
export function createProvider(endpoint: Endpoint, client: Client): Provider {
  const { id: provider, title } = endpoint;
  const jobPath = (job: string): string => `/fine_tuning/jobs/${encodeURIComponent(job)}`;
  const expectJob = (answer: unknown): Job => expect(toJob(provider, answer), "a job");
  return {
    id: provider,
    title,
    async listJobs(signal) {
      const jobs = await list("/fine_tuning/jobs", (answer) => toJob(provider, answer), mostPages.jobs, "a list of jobs", signal);
      return jobs.sort((one, other) => other.createdAt - one.createdAt);
    },
    async retrieveJob(id, signal) {
      return expectJob(await client.get(jobPath(id), {}, signal));
    },
    uploadFile,
    async createJob(request, signal) {
      return expectJob(await client.post("/fine_tuning/jobs", toCreation(request), signal));
    },
    async listModels(signal) {
      const models = expect(await listAll(() => client.get("/models", {}, signal), toModel, 1), "a list of models");
      return [...models.filter(({ base }) => base), ...models.filter(({ base }) => !base)];
    },
    async cancelJob(id, signal) {
      return expectJob(await client.post(`${jobPath(id)}/cancel`, undefined, signal));
    },
    async listEvents(id, signal) {
      const events = await list(`${jobPath(id)}/events`, toEvent, mostPages.events, "a list of events", signal);
      // Events of the same second keep the server's order, which is newest first.
      return events.reverse().sort((one, other) => one.createdAt - other.createdAt);
    },
    async listCheckpoints(id, signal) {
      const checkpoints = await list(`${jobPath(id)}/checkpoints`, (answer) => toCheckpoint(id, answer), mostPages.checkpoints, "a list of checkpoints", signal);
      return checkpoints.sort((one, other) => other.createdAt - one.createdAt || other.step - one.step);
    },
  };

  async function uploadFile({ path, name }: UploadRequest, signal: AbortSignal): Promise<string> {
    const form = new FormData();
    form.append("purpose", "fine-tune");
    form.append("file", await openDataset(path), toUploadName(name));
    const read = uploaded.safeParse(await client.post("/files", form, signal, { timeout: uploadTimeout }));
    return expect(read.success ? read.data.id : undefined, "the uploaded file");
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
