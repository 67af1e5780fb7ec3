import * as z from "zod";
import type { Batch, ChatBatches } from "../../evaluation/batch/batches.ts";
import { readCompletion, toRequest } from "../chat-model.ts";
import type { HttpClient } from "../http/client.ts";
import { toMultipart } from "../http/multipart.ts";
import { toSegment } from "../http/path-segment.ts";
import { sendAgain } from "../http/send-again.ts";
import type { SignedTransfers } from "../http/signed-transfer.ts";
import { unlessGone } from "../http/unless-gone.ts";
import { unreadable } from "../http/unreadable.ts";
import type { Endpoint } from "../service.ts";
import { linesOf, readResultLine, splitQuestions, type BatchLimits } from "../wire/batch-lines.ts";
import { given } from "../wire/given.ts";

/** Source: Together's documentation of batch inference, "Rate limits", as of November 2026. */
export const togetherBatchLimits: BatchLimits = { requests: 50_000, bytes: 100 * 1000 * 1000 };

const text = z.string().min(1).optional().catch(undefined);
const job = z.object({ id: z.string().min(1), status: z.string().catch("UNKNOWN"), input_file_id: text, output_file_id: text, error_file_id: text, error: text });
const created = z.object({ job });
const named = z.object({ id: z.string().min(1) });
const states: ReadonlyMap<string, Batch["state"]> = new Map([["COMPLETED", "ended"], ["EXPIRED", "ended"], ["CANCELLED", "ended"], ["FAILED", "failed"]]);

const endpointOfBatch = "/v1/chat/completions";
const uploadTimeout = 60 * 60 * 1000;
const cancelTimeout = 15_000;

/** Batches of questions to one model at Together. It tells how far a batch has come in percent only, and no counts. Source: Together's specification, `/batches`, `/files/upload`. */
export function createBatches(endpoint: Endpoint, client: HttpClient, transfers: Pick<SignedTransfers, "get">, model: string, limits: BatchLimits = togetherBatchLimits): ChatBatches {
  const { title, baseURL } = endpoint;
  const pathOf = (id: string): string => `/batches/${toSegment(id)}`;
  const find: ChatBatches["find"] = async (file, signal) => {
    const listed = z.array(z.unknown()).safeParse(await client.get("/batches", {}, signal));
    const found = expect(listed.data, "a list of batches").map((each) => job.safeParse(each).data).find((each) => each?.input_file_id === file);
    return found && toBatch(found);
  };
  return {
    split: (questions) => splitQuestions(questions, ({ id, messages, options }) => JSON.stringify({ custom_id: id, body: toRequest(baseURL, model, messages, options) }), limits),
    upload: ({ lines }, signal) => sendAgain(async () => {
      const name = "tunesmith-questions.jsonl";
      const form = toMultipart({ purpose: "batch-api", file_name: name, file_type: "jsonl" }, { field: "file", name, type: "application/jsonl", content: new Blob([...lines]) });
      return expect(named.safeParse(await client.post("/files/upload", form, signal, { timeout: uploadTimeout })).data?.id, "the uploaded file");
    }, signal),
    start: async (file, signal) => toBatch(expect(created.safeParse(await client.post("/batches", { input_file_id: file, endpoint: endpointOfBatch, completion_window: "24h" }, signal)).data?.job, "a batch")),
    find,
    look: async (id, signal) => toBatch(expect(job.safeParse(await client.get(pathOf(id), {}, signal)).data, "a batch")),
    async cancel({ file, batch: known }) {
      const signal = AbortSignal.timeout(cancelTimeout);
      const id = known ?? (await find(file, signal))?.id;
      if (id !== undefined) await unlessGone(client.post(`${pathOf(id)}/cancel`, undefined, signal), ["not-found", "invalid"]);
    },
    async *results({ files }, signal) {
      for (const file of files) {
        const answer = await client.download(`/files/${toSegment(file)}/content`, {}, signal);
        for await (const line of linesOf("location" in answer ? await transfers.get(answer.location, signal) : answer)) {
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

function toBatch({ id, status, output_file_id: output, error_file_id: errors, error }: z.infer<typeof job>): Batch {
  return given({ id, status, state: states.get(status) ?? ("running" as const), files: [output, errors].filter((file) => file !== undefined), problem: error });
}
