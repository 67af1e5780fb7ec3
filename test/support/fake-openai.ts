import type { Context } from "hono";
import { answerQuestions, readQuestions, type FakeBatches } from "./fake-batches.ts";
import { startFakeServer, type Environment, type FakeServer, type Fault, type Values } from "./fake-server.ts";
import { assertFollowsOpenAi } from "./openai-specification.ts";

export { answering, cut, loseAnswer, redirecting, refusal, type Fault, type Received } from "./fake-server.ts";

export interface FakeOpenAi extends FakeServer {
  /** Newest first; a test may change them and add to them what no server should send. */
  readonly jobs: Values[];
  /** By job, newest first. */
  readonly events: Map<string, Values[]>;
  readonly checkpoints: Map<string, Values[]>;
  readonly files: Map<string, { readonly name: string; readonly text: string; readonly purpose: string }>;
  readonly models: Values[];
  readonly batches: FakeBatches;
  /** Lets a job run to its end. */
  finish(job: string, end?: "succeeded" | "failed"): void;
}

/** A server on loopback that keeps the state of OpenAI's fine-tuning and batch API in memory. With an empty key it asks for none, as servers on one's own machine do. Its regular answers, and the requests for jobs and batches, are held against OpenAI's specification, which leaves the lines of a batch's files to prose. */
export async function startFakeOpenAi(key = "sk-test-0123456789"): Promise<FakeOpenAi> {
  const jobs: Values[] = [];
  const events = new Map<string, Values[]>();
  const checkpoints = new Map<string, Values[]>();
  const files: FakeOpenAi["files"] = new Map();
  const uploads = new Map<string, { readonly name: string; readonly bytes: number; readonly parts: Map<string, string>; status: string }>();
  const models: Values[] = ["ft:gpt-4o-mini:acme::old", "gpt-4o-mini", "gpt-4.1-mini"].map((id) => ({ id, object: "model", created: 1_700_000_000, owned_by: "system" }));
  const batches: FakeBatches = { list: [], end: "completed", answeredBefore: 0, refuses: () => undefined };
  let count = 0;
  // Jobs of a fake that is quicker than a second would all bear the same time.
  const now = (): number => 1_790_000_000 + (count += 1);

  const reply = (context: Context<Environment>, schema: string, value: Values): Response => {
    assertFollowsOpenAi(schema, value);
    return context.json(value);
  };
  const refuse = (context: Context<Environment>, status: 400 | 401 | 404, message: string, code: string | null): Response =>
    context.json({ error: { message, type: "invalid_request_error", param: null, code } }, status);

  const server = await startFakeServer({
    basePath: "/v1", key, ...(key === "" ? { admits: () => true } : {}),
    unauthorised: (context) => refuse(context, 401, `Incorrect API key provided: ${context.req.header("authorization")?.slice(7)}.`, "invalid_api_key"),
    route(app) {
      app.get("/models", (context) => reply(context, "ListModelsResponse", { object: "list", data: models }));
      app.post("/files", async (context) => {
        const { file, purpose } = await context.req.parseBody();
        if (!(file instanceof File) || typeof purpose !== "string") return refuse(context, 400, "'file' and 'purpose' are required", null);
        const text = await file.text();
        const id = `file-${(count += 1)}`;
        files.set(id, { name: file.name, text, purpose });
        return reply(context, "OpenAIFile", { id, object: "file", bytes: file.size, created_at: now(), filename: file.name, purpose, status: "processed" });
      });
      app.get("/files", (context) => {
        const listed = [...files].map(([id, file]) => fileObject(id, file)).reverse();
        const { data, has_more } = page(context, listed);
        return reply(context, "ListFilesResponse", { object: "list", data, first_id: data[0]?.["id"] ?? "", last_id: data.at(-1)?.["id"] ?? "", has_more });
      });
      app.get("/files/:id/content", (context) => {
        const file = files.get(context.req.param("id"));
        return file ? context.body(file.text) : refuse(context, 404, `No such File object: ${context.req.param("id")}`, null);
      });
      app.delete("/files/:id", (context) => {
        const id = context.req.param("id");
        return files.delete(id) ? reply(context, "DeleteFileResponse", { id, object: "file", deleted: true }) : refuse(context, 404, `No such File object: ${id}`, null);
      });
      app.post("/uploads", async (context) => {
        const body = (await context.req.json()) as Values;
        assertFollowsOpenAi("CreateUploadRequest", body);
        const id = `upload_${(count += 1)}`;
        uploads.set(id, { name: String(body["filename"]), bytes: Number(body["bytes"]), parts: new Map(), status: "pending" });
        return reply(context, "Upload", uploadObject(id));
      });
      app.post("/uploads/:id/parts", async (context) => {
        const upload = uploads.get(context.req.param("id"));
        const { data } = await context.req.parseBody();
        if (upload?.status !== "pending") return refuse(context, 404, `No such Upload: ${context.req.param("id")}`, null);
        if (!(data instanceof File)) return refuse(context, 400, "'data' is required", null);
        const id = `part_${(count += 1)}`;
        upload.parts.set(id, await data.text());
        return reply(context, "UploadPart", { id, object: "upload.part", created_at: now(), upload_id: context.req.param("id") });
      });
      app.post("/uploads/:id/complete", async (context) => {
        const id = context.req.param("id");
        const body = (await context.req.json()) as { part_ids: string[] };
        assertFollowsOpenAi("CompleteUploadRequest", body);
        const upload = uploads.get(id);
        if (upload?.status !== "pending") return refuse(context, 400, `Upload ${id} is ${upload?.status ?? "unknown"}`, null);
        const text = body.part_ids.map((part) => upload.parts.get(part) ?? "").join("");
        if (Buffer.byteLength(text) !== upload.bytes) return refuse(context, 400, "The number of bytes does not match", null);
        upload.status = "completed";
        const file = `file-${(count += 1)}`;
        files.set(file, { name: upload.name, text, purpose: "fine-tune" });
        return reply(context, "Upload", { ...uploadObject(id), file: fileObject(file, { name: upload.name, text, purpose: "fine-tune" }) });
      });
      app.post("/uploads/:id/cancel", (context) => {
        const id = context.req.param("id");
        const upload = uploads.get(id);
        if (upload?.status !== "pending") return refuse(context, 404, `No such Upload: ${id}`, null);
        upload.status = "cancelled";
        return reply(context, "Upload", uploadObject(id));
      });
      app.post("/fine_tuning/jobs", async (context) => {
        const body = (await context.req.json()) as Values;
        assertFollowsOpenAi("CreateFineTuningJobRequest", body);
        if (!files.has(String(body["training_file"]))) return refuse(context, 400, `invalid training_file: ${String(body["training_file"])}`, "invalid_file");
        const job = createJob(body);
        return reply(context, "FineTuningJob", job);
      });
      app.get("/fine_tuning/jobs", (context) => {
        const list = page(context, jobs);
        // The specification's list of states lacks that of its own example of pausing.
        return list.data.some(({ status }) => status === "paused") ? context.json(list) : reply(context, "ListPaginatedFineTuningJobsResponse", list);
      });
      app.get("/fine_tuning/jobs/:id", (context) => withJob(context, (job) => (job["status"] === "paused" ? context.json(job) : reply(context, "FineTuningJob", job))));
      app.post("/fine_tuning/jobs/:id/cancel", (context) => withJob(context, (job) => reply(context, "FineTuningJob", Object.assign(job, { status: "cancelled", finished_at: now() }))));
      // The specification's own example of pausing answers with this state, which its list of states lacks.
      app.post("/fine_tuning/jobs/:id/pause", (context) => withJob(context, (job) => context.json(Object.assign(job, { status: "paused" }))));
      app.post("/fine_tuning/jobs/:id/resume", (context) => withJob(context, (job) => reply(context, "FineTuningJob", Object.assign(job, { status: "running" }))));
      app.get("/fine_tuning/jobs/:id/events", (context) => withJob(context, ({ id }) => reply(context, "ListFineTuningJobEventsResponse", page(context, events.get(String(id)) ?? []))));
      app.get("/fine_tuning/jobs/:id/checkpoints", (context) => withJob(context, ({ id }) => {
        const list = page(context, checkpoints.get(String(id)) ?? []);
        return reply(context, "ListFineTuningJobCheckpointsResponse", { ...list, first_id: list.data[0]?.["id"] ?? null, last_id: list.data.at(-1)?.["id"] ?? null });
      }));
      app.post("/moderations", async (context) => {
        const body = (await context.req.json()) as { model: string; input: string | string[] };
        assertFollowsOpenAi("CreateModerationRequest", body);
        return reply(context, "CreateModerationResponse", { id: `modr-${(count += 1)}`, model: "omni-moderation-2024-09-26", results: [body.input].flat().map(moderation) });
      });
      app.post("/batches", async (context) => {
        const body = (await context.req.json()) as Values;
        assertFollowsOpenAi("CreateBatchRequest", body);
        const file = files.get(String(body["input_file_id"]));
        if (file?.purpose !== "batch") return refuse(context, 400, "Invalid input file", "invalid_file");
        batches.list.unshift({ id: `batch_${(count += 1)}`, object: "batch", ...body, status: "validating", created_at: now(), request_counts: { total: 0, completed: 0, failed: 0 } });
        return reply(context, "Batch", batches.list[0] ?? {});
      });
      app.get("/batches", (context) => {
        const list = page(context, batches.list);
        return reply(context, "ListBatchesResponse", { ...list, first_id: list.data[0]?.["id"] ?? "", last_id: list.data.at(-1)?.["id"] ?? "" });
      });
      app.get("/batches/:id", (context) => withBatch(context, (batch) => reply(context, "Batch", goOn(batch))));
      app.post("/batches/:id/cancel", (context) => withBatch(context, (batch) => (["validating", "in_progress"].includes(String(batch["status"]))
        ? reply(context, "Batch", Object.assign(batch, { status: "cancelling", cancelling_at: now() }))
        : refuse(context, 400, `Cannot cancel a batch with status '${String(batch["status"])}'.`, null))));
      app.post("/chat/completions", async (context) => {
        const { model, messages } = (await context.req.json()) as { model: string; messages: { content: string }[] };
        if (!models.some(({ id }) => id === model)) return refuse(context, 404, `The model '${model}' does not exist`, "model_not_found");
        return reply(context, "CreateChatCompletionResponse", completion(model, { role: "assistant", content: `${model} heard: ${messages.at(-1)?.content}`, refusal: null }));
      });
    },
  });

  function fileObject(id: string, { name, text, purpose }: { name: string; text: string; purpose: string }): Values {
    return { id, object: "file", bytes: Buffer.byteLength(text), created_at: 1_790_000_000 + Number(/\d+$/.exec(id)?.[0] ?? 0), filename: name, purpose, status: "processed" };
  }

  function uploadObject(id: string): Values {
    const { name = "", bytes = 0, status = "" } = uploads.get(id) ?? {};
    return { id, object: "upload", bytes, created_at: 1_790_000_000, filename: name, purpose: "fine-tune", status, expires_at: 1_790_003_600, file: null };
  }

  /** Each look finds a batch one step further. */
  function goOn(batch: Values): Values {
    const status = String(batch["status"]);
    const text = files.get(String(batch["input_file_id"]))?.text ?? "";
    const total = text.split("\n").length - 1;
    if (status === "validating" && batches.end !== "failed") return Object.assign(batch, { status: "in_progress", request_counts: { total, completed: Math.floor(total / 2), failed: 0 } });
    const end = status === "cancelling" ? "cancelled" : ["validating", "in_progress"].includes(status) ? batches.end : undefined;
    if (end === "failed") return Object.assign(batch, { status: end, errors: { object: "list", data: [{ code: "model_not_found", message: "The provided model is not supported by the Batch API.", param: "body.model", line: 1 }] } });
    if (end === undefined) return batch;
    const { output, errors } = answerQuestions(readQuestions(text, String(batch["endpoint"])), batches, end, ({ body: { model, messages } }) => completion(model, { role: "assistant", content: `${model} heard: ${messages.at(-1)?.content}`, refusal: null }));
    const made = Object.entries({ output_file_id: output, error_file_id: errors }).filter(([, lines]) => lines.length > 0).map(([name, lines]) => {
      const id = `file-${(count += 1)}`;
      files.set(id, { name: `${name}.jsonl`, text: `${lines.join("\n")}\n`, purpose: "batch_output" });
      return [name, id];
    });
    return Object.assign(batch, { status: end, request_counts: { total, completed: output.length, failed: errors.length }, ...Object.fromEntries(made) });
  }

  function withBatch(context: Context<Environment>, act: (batch: Values) => Response): Response {
    const batch = batches.list.find(({ id }) => id === context.req.param("id"));
    return batch ? act(batch) : refuse(context, 404, `No batch found with id '${context.req.param("id")}'.`, null);
  }

  function createJob(body: Values): Values {
    const id = `ftjob-${(count += 1)}`;
    const created_at = now();
    const method = body["method"] as { supervised?: { hyperparameters?: Values } } | undefined;
    const job = {
      object: "fine_tuning.job", id, created_at, finished_at: null, model: body["model"], fine_tuned_model: null, organization_id: "org-test", result_files: [],
      status: "validating_files", trained_tokens: null, training_file: body["training_file"], validation_file: body["validation_file"] ?? null, error: null,
      hyperparameters: { n_epochs: "auto", batch_size: "auto", learning_rate_multiplier: "auto", ...method?.supervised?.hyperparameters },
      seed: body["seed"] ?? 7, metadata: body["metadata"] ?? null, user_provided_suffix: body["suffix"] ?? null, ...(method ? { method } : {}),
    };
    jobs.unshift(job);
    events.set(id, [event(created_at, `Created fine-tuning job: ${id}`)]);
    return job;
  }

  function finish(id: string, end: "succeeded" | "failed" = "succeeded"): void {
    const job = jobs.find((each) => each["id"] === id);
    if (!job) throw new Error(`The fake has no job ${id}.`);
    if (end === "failed") return void Object.assign(job, { status: end, finished_at: now(), error: { code: "invalid_training_file", message: "Line 3 has no messages.", param: "training_file" } });
    const model = `ft:${String(job["model"])}:acme:${String(job["user_provided_suffix"] ?? "")}:${id.slice(6)}`;
    const log = events.get(id) ?? [];
    for (const step of [1, 2]) {
      log.unshift(event(now(), `Step ${step}/2: training loss=0.${step}`, { step, total_steps: 2, train_loss: step / 10 }));
      checkpoints.set(id, [{
        id: `ftckpt_${(count += 1)}`, object: "fine_tuning.job.checkpoint", created_at: now(), step_number: step, fine_tuning_job_id: id,
        fine_tuned_model_checkpoint: `${model}:ckpt-step-${step}`, metrics: { step, train_loss: step / 10 },
      }, ...(checkpoints.get(id) ?? [])]);
    }
    models.push({ id: model, object: "model", created: now(), owned_by: "acme" });
    const results = `file-${(count += 1)}`;
    files.set(results, { name: "step_metrics.csv", text: "step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy\n1,0.1,0.5,,\n2,0.2,0.6,0.3,0.7\n", purpose: "fine-tune-results" });
    Object.assign(job, { status: "succeeded", finished_at: now(), fine_tuned_model: model, trained_tokens: 128, result_files: [results] });
  }

  function event(created_at: number, message: string, data: Values | null = null): Values {
    return { object: "fine_tuning.job.event", id: `ft-event-${(count += 1)}`, created_at, level: "info", message, type: data ? "metrics" : "message", data: data ?? {} };
  }

  function withJob(context: Context<Environment>, act: (job: Values) => Response): Response {
    const job = jobs.find(({ id }) => id === context.req.param("id"));
    return job ? act(job) : refuse(context, 404, `Could not find fine tune: ${context.req.param("id")}`, "fine_tune_not_found");
  }

  return { ...server, jobs, events, checkpoints, files, models, batches, finish };
}

const categories = ["harassment", "harassment/threatening", "sexual", "hate", "hate/threatening", "illicit", "illicit/violent", "self-harm/intent", "self-harm/instructions", "self-harm", "sexual/minors", "violence", "violence/graphic"];

/** What the moderation model of the fake says of a text: it flags each category that the text names in brackets, as in "[violence]", with a score that falls with its place. */
function moderation(text: string): Values {
  const named = categories.filter((category) => text.includes(`[${category}]`));
  const of = (value: (category: string) => unknown): Values => Object.fromEntries(categories.map((category) => [category, value(category)]));
  return {
    flagged: named.length > 0, categories: of((category) => named.includes(category)), category_applied_input_types: of(() => ["text"]),
    category_scores: of((category) => (named.includes(category) ? 0.9 - text.indexOf(`[${category}]`) / 1000 : 0.01)),
  };
}

/** A chat completion around one message. */
export function completion(model: string, message: Values, finish_reason = "stop"): Values {
  return {
    id: "chatcmpl-1", object: "chat.completion", created: 1_790_000_000, model, choices: [{ index: 0, message, finish_reason, logprobs: null }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  };
}

function page(context: Context<Environment>, items: readonly Values[]) {
  const start = items.findIndex(({ id }) => id === context.req.query("after")) + 1;
  const end = start + Number(context.req.query("limit") ?? 20);
  return { object: "list", data: items.slice(start, end), has_more: end < items.length };
}

/** Gives the items of a page in another order, but for the last one, by which the next page is asked for; and only after other work of the process has had its turn. */
export const slowAndReordered: Fault = async (_context, regular) => {
  const body = (await (await regular()).json()) as { data: unknown[] };
  await new Promise((resolve) => setImmediate(resolve));
  return Response.json({ ...body, data: [...body.data.slice(0, -1).reverse(), ...body.data.slice(-1)] });
};
