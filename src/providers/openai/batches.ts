import * as z from "zod";
import type { Batch, ChatBatches } from "../../evaluation/batch/batches.ts";
import { readCompletion, toRequest } from "../chat-model.ts";
import { toMultipart } from "../http/multipart.ts";
import { toSegment } from "../http/path-segment.ts";
import { sendAgain } from "../http/send-again.ts";
import { unlessGone } from "../http/unless-gone.ts";
import { unreadable } from "../http/unreadable.ts";
import type { Endpoint } from "../service.ts";
import { linesOf, readResultLine, splitQuestions, type BatchLimits } from "../wire/batch-lines.ts";
import { given } from "../wire/given.ts";
import type { Client } from "./client.ts";
import { readFile } from "./files.ts";
import { listAll } from "./list-all.ts";

/** Source: OpenAI's specification, `CreateBatchRequest`. */
export const openAiBatchLimits: BatchLimits = { requests: 50_000, bytes: 200 * 1000 * 1000 };

const text = z.string().min(1).optional().catch(undefined);
const count = z.int().min(0);
const batch = z.object({
  id: z.string().min(1), status: z.string().catch("unknown"), input_file_id: text, output_file_id: text, error_file_id: text,
  request_counts: z.object({ total: count, completed: count, failed: count }).optional().catch(undefined),
  errors: z.object({ data: z.array(z.object({ message: text, line: z.int().nullish().catch(undefined) }).catch({ message: undefined, line: undefined })) }).optional().catch(undefined),
});
const named = z.object({ id: z.string().min(1) });
/** A status that the specification does not know is waited for, as an unknown job is. */
const states: ReadonlyMap<string, Batch["state"]> = new Map([["completed", "ended"], ["expired", "ended"], ["cancelled", "ended"], ["failed", "failed"]]);

const endpointOfBatch = "/v1/chat/completions";
const uploadTimeout = 60 * 60 * 1000;
const cancelTimeout = 15_000;
/** A batch lives for a day; an account that starts more of them than this in it finds none. */
const mostPages = 10;

/** Batches of questions to one model over OpenAI's API. Source: OpenAI's specification, `/batches`, `/files`. */
export function createBatches(endpoint: Endpoint, client: Client, model: string, limits: BatchLimits = openAiBatchLimits): ChatBatches {
  const { title, baseURL } = endpoint;
  const pathOf = (id: string): string => `/batches/${toSegment(id)}`;
  const expectBatch = (answer: unknown): Batch => expect(toBatch(answer), "a batch");
  const find: ChatBatches["find"] = async (file, signal) => {
    const found = await listAll((after) => client.get("/batches", { limit: 100, ...(after === undefined ? {} : { after }) }, signal), toBatchOfFile, mostPages);
    return expect(found, "a list of batches").find((each) => each.file === file)?.batch;
  };
  return {
    split: (questions) => splitQuestions(questions, ({ id, messages, options }) => JSON.stringify({ custom_id: id, method: "POST", url: endpointOfBatch, body: toRequest(baseURL, model, messages, options) }), limits),
    upload: ({ lines }, signal) => sendAgain(async () => {
      const form = toMultipart({ purpose: "batch" }, { field: "file", name: "tunesmith-questions.jsonl", type: "application/jsonl", content: new Blob([...lines]) });
      return expect(named.safeParse(await client.post("/files", form, signal, { timeout: uploadTimeout })).data?.id, "the uploaded file");
    }, signal),
    start: async (file, signal) => expectBatch(await client.post("/batches", { input_file_id: file, endpoint: endpointOfBatch, completion_window: "24h" }, signal)),
    find,
    look: async (id, signal) => expectBatch(await client.get(pathOf(id), {}, signal)),
    async cancel({ file, batch: known }) {
      const signal = AbortSignal.timeout(cancelTimeout);
      const id = known ?? (await find(file, signal))?.id;
      // One that has ended cannot be cancelled, which is as good.
      if (id !== undefined) await unlessGone(client.post(`${pathOf(id)}/cancel`, undefined, signal), ["not-found", "invalid"]);
    },
    async *results({ files }, signal) {
      for (const file of files) {
        for await (const line of linesOf(await readFile(client, file, signal))) {
          const read = readResultLine(line, title, (body) => readCompletion(endpoint, model, body));
          if (read) yield read;
        }
      }
    },
  };

  function expect<Value>(value: Value | undefined, expected: string): Value {
    if (value === undefined) throw unreadable(endpoint, expected);
    return value;
  }
}

/** Reads a batch; undefined for what has no id. Source: OpenAI's specification, `Batch`. */
export function toBatch(answer: unknown): Batch | undefined {
  const read = batch.safeParse(answer);
  if (!read.success) return undefined;
  const { id, status, output_file_id: output, error_file_id: errors, request_counts: counts } = read.data;
  const problems = (read.data.errors?.data ?? []).flatMap(({ message, line }) => (message === undefined ? [] : [line ? `line ${line}: ${message}` : message]));
  return given({
    id, status, state: states.get(status) ?? "running", files: [output, errors].filter((file) => file !== undefined),
    counts: counts && { answered: counts.completed, failed: counts.failed }, problem: problems.length === 0 ? undefined : problems.slice(0, 3).join(" "),
  });
}

function toBatchOfFile(answer: unknown): { readonly id: string; readonly file: string | undefined; readonly batch: Batch } | undefined {
  const made = toBatch(answer);
  return made && { id: made.id, file: batch.parse(answer).input_file_id, batch: made };
}
