import type { Context } from "hono";
import { answerQuestions, readQuestions, type FakeBatches } from "./fake-batches.ts";
import { startFakeServer, type Environment, type FakeServer, type Values } from "./fake-server.ts";
import { specificationOf } from "./specification.ts";

const assertFollowsTogether = specificationOf("test/fixtures/together/openapi.json", { overlapping: true });

export interface FakeTogether extends FakeServer {
  /** In no order; a test may change them and add to them what no server should send. */
  readonly jobs: Values[];
  /** By job, oldest first. */
  readonly events: Map<string, Values[]>;
  readonly files: Map<string, { readonly name: string; readonly text: string; readonly checksum: string; processed: boolean }>;
  readonly batches: FakeBatches;
  finish(job: string, end?: "succeeded" | "failed"): void;
}

/**
 * A server on loopback that keeps the state of Together's fine-tuning in memory. Its regular answers, and the requests for jobs and prices, are held
 * against Together's specification; uploads go as Together's SDK sends them (`POST /files` answered by 302, a `PUT` to a store, `preprocess`; and
 * `/files/multipart`), which the specification leaves out.
 */
export async function startFakeTogether(key = "tgp_v1_test-0123456789"): Promise<FakeTogether> {
  const jobs: Values[] = [];
  const events = new Map<string, Values[]>();
  const checkpoints = new Map<string, Values[]>();
  const metrics = new Map<string, Values[]>();
  const files: FakeTogether["files"] = new Map();
  const pending = new Map<string, { name: string; checksum: string; text: string; parts: Map<number, string>; upload?: string }>();
  const batches: FakeBatches = { list: [], end: "completed", answeredBefore: 0, refuses: () => undefined };
  let count = 0;
  let origin = "";
  const moment = (): string => new Date(1_790_000_000_000 + (count += 1) * 1000).toISOString();
  const reply = (context: Context<Environment>, schema: string, value: Values): Response => {
    assertFollowsTogether(schema, value);
    return context.json(value);
  };
  const refuse = (context: Context<Environment>, status: 400 | 401 | 404 | 409, message: string, code: string | null = null): Response => {
    const body = { error: { message, type: "invalid_request_error", param: null, code } };
    assertFollowsTogether("ErrorData", body);
    return context.json(body, status);
  };
  const withJob = (context: Context<Environment>, act: (job: Values) => Response): Response => {
    const job = jobs.find(({ id }) => id === context.req.param("id"));
    return job ? act(job) : refuse(context, 404, `Fine-tune job ${context.req.param("id")} not found`);
  };
  const refuseBatch = (context: Context<Environment>, status: 400 | 404, error: string): Response => {
    assertFollowsTogether("BatchErrorResponse", { error });
    return context.json({ error }, status);
  };
  const withBatch = (context: Context<Environment>, act: (batch: Values) => Response): Response => {
    const batch = batches.list.find(({ id }) => id === context.req.param("id"));
    return batch ? act(batch) : refuseBatch(context, 404, "Batch not found");
  };
  /** Each look finds a batch one step further. */
  const goOn = (batch: Values, ordered?: "cancelled"): Values => {
    if (!["VALIDATING", "IN_PROGRESS"].includes(String(batch["status"]))) return batch;
    const end = ordered ?? batches.end;
    if (end === "failed") return Object.assign(batch, { status: "FAILED", error: "Model is not supported by the batch API" });
    if (batch["status"] === "VALIDATING" || end === undefined) return Object.assign(batch, { status: "IN_PROGRESS", progress: 50 });
    const { output, errors } = answerQuestions(readQuestions(files.get(String(batch["input_file_id"]))?.text ?? "", undefined), batches, end, ({ body: { model, messages } }) => completion(model, messages));
    const made = Object.entries({ output_file_id: output, error_file_id: errors }).filter(([, lines]) => lines.length > 0).map(([name, lines]) => {
      const id = `file-${(count += 1)}`;
      files.set(id, { name: `${name}.jsonl`, text: `${lines.join("\n")}\n`, checksum: id, processed: true });
      return [name, id];
    });
    return Object.assign(batch, { status: end.toUpperCase(), progress: 100, ...Object.fromEntries(made) });
  };
  const same = (checksum: string): string | undefined => [...files].find(([, file]) => file.checksum === checksum)?.[0];

  const server = await startFakeServer({
    basePath: "/v1", key, open: "/signed",
    unauthorised: (context) => refuse(context, 401, `Invalid API key provided: ${context.req.header("authorization")?.slice(7)}`, "invalid_api_key"),
    route(app) {
      app.post("/files", async (context) => {
        const { purpose, file_name: name, file_type: type, checksum } = (await context.req.parseBody()) as Record<string, string>;
        if (purpose !== "fine-tune" || !name || type !== "jsonl" || !/^[0-9a-f]{64}$/.test(checksum ?? "")) return refuse(context, 400, "purpose, file_name, file_type and checksum are required");
        const known = same(checksum ?? "");
        if (known) return context.json({ file_id: known }, 409);
        const id = `file-${(count += 1)}`;
        pending.set(id, { name, checksum: checksum ?? "", text: "", parts: new Map() });
        return context.body(null, 302, { location: `${origin}/signed/${id}?signature=abc`, "x-together-file-id": id });
      });
      app.post("/files/upload", async (context) => {
        const { purpose, file_name: name, file } = await context.req.parseBody();
        if (!(file instanceof File) || typeof name !== "string" || purpose !== "batch-api") return refuse(context, 400, "purpose, file_name and file are required");
        const id = `file-${(count += 1)}`;
        files.set(id, { name, text: await file.text(), checksum: id, processed: true });
        return reply(context, "FileResponse", { ...fileObject(id), purpose });
      });
      app.post("/batches", async (context) => {
        const body = (await context.req.json()) as Values;
        assertFollowsTogether("CreateBatchRequest", body);
        if (!files.has(String(body["input_file_id"]))) return refuseBatch(context, 400, "Invalid input file");
        batches.list.unshift({ id: `0000-${(count += 1)}`, input_file_id: body["input_file_id"], endpoint: body["endpoint"], status: "VALIDATING", created_at: moment(), progress: 0 });
        const made = { job: batches.list[0], warning: "" };
        assertFollowsTogether("BatchJobWithWarning", made);
        return context.json(made, 201);
      });
      app.get("/batches", (context) => {
        for (const batch of batches.list) assertFollowsTogether("BatchJob", batch);
        return context.json(batches.list);
      });
      app.get("/batches/:id", (context) => withBatch(context, (batch) => reply(context, "BatchJob", goOn(batch))));
      app.post("/batches/:id/cancel", (context) => withBatch(context, (batch) => reply(context, "BatchJob", goOn(batch, "cancelled"))));
      app.post("/files/:id/preprocess", (context) => {
        const id = context.req.param("id");
        const file = pending.get(id);
        if (!file) return refuse(context, 404, `File ${id} not found`);
        files.set(id, { name: file.name, text: file.text, checksum: file.checksum, processed: true });
        return reply(context, "FileResponse", fileObject(id));
      });
      app.post("/files/multipart/initiate", async (context) => {
        const body = (await context.req.json()) as { file_name: string; file_size: number; num_parts: number; checksum: string };
        const known = same(body.checksum);
        if (known) return context.json({ file_id: known }, 409);
        const id = `file-${(count += 1)}`;
        pending.set(id, { name: body.file_name, checksum: body.checksum, text: "", parts: new Map(), upload: `upload-${id}` });
        const parts = Array.from({ length: body.num_parts }, (_, index) => ({ PartNumber: index + 1, URL: `${origin}/signed/${id}/${index + 1}?signature=abc`, Headers: { "x-part": String(index + 1) } }));
        return context.json({ upload_id: `upload-${id}`, file_id: id, parts: parts.reverse() });
      });
      app.post("/files/multipart/complete", async (context) => {
        const { upload_id: upload, file_id: id, parts } = (await context.req.json()) as { upload_id: string; file_id: string; parts: { part_number: number; etag: string }[] };
        const file = pending.get(id);
        if (!file || file.upload !== upload || parts.some(({ part_number: part, etag }) => etag !== `etag-${part}`)) return refuse(context, 400, "No such upload");
        files.set(id, { name: file.name, text: parts.map(({ part_number: part }) => file.parts.get(part) ?? "").join(""), checksum: file.checksum, processed: true });
        return context.json({ file: fileObject(id) });
      });
      app.post("/files/multipart/abort", async (context) => {
        const { file_id: id } = (await context.req.json()) as { file_id: string };
        return pending.delete(id) ? context.json({}) : refuse(context, 404, "No such upload");
      });
      app.get("/files", (context) => reply(context, "FileList", { data: [...files.keys()].map(fileObject) }));
      app.get("/files/:id/content", (context) => {
        const file = files.get(context.req.param("id"));
        return file ? context.body(file.text) : refuse(context, 404, "File not found");
      });
      app.delete("/files/:id", (context) => {
        const id = context.req.param("id");
        return files.delete(id) ? reply(context, "FileDeleteResponse", { id, deleted: true }) : refuse(context, 404, "File not found");
      });
      app.post("/fine-tunes", async (context) => {
        const body = (await context.req.json()) as Values;
        assertFollowsTogether("CreateFineTuneRequest", body["from_checkpoint"] === undefined ? body : { model: "", ...body });
        if (!files.has(String(body["training_file"]))) return refuse(context, 400, `Training file ${String(body["training_file"])} not found`);
        const id = `ft-${String((count += 1)).padStart(8, "0")}`;
        const { wandb_api_key: _secret, ...kept } = body;
        const job = { n_epochs: 1, learning_rate: 0.00001, ...kept, id, status: "pending", created_at: moment(), updated_at: moment(), events: [], model_output_name: `acme/${String(body["model"])}-${String(body["suffix"] ?? "x")}-${id}` };
        jobs.push(job);
        events.set(id, [event("Fine tune request created", "job_pending")]);
        return reply(context, "FinetuneResponseTruncated", job);
      });
      app.get("/fine-tunes", (context) => reply(context, "FinetuneTruncatedList", { data: jobs }));
      app.post("/fine-tunes/estimate-price", async (context) => {
        const body = (await context.req.json()) as Values;
        assertFollowsTogether("EstimatePriceRequest", body);
        const tokens = (files.get(String(body["training_file"]))?.text.length ?? 0) * Number(body["n_epochs"] ?? 1);
        return reply(context, "EstimatePriceResponse", { estimated_total_price: tokens / 1000, allowed_to_proceed: true, user_limit: 100, estimated_train_token_count: tokens, estimated_eval_token_count: 0 });
      });
      app.get("/fine-tunes/models/supported", (context) => reply(context, "SupportedModelsResponse", { models: ["meta-llama/Meta-Llama-3.1-8B-Instruct-Reference", "Qwen/Qwen3-8B"] }));
      app.get("/fine-tunes/models/limits", (context) => {
        const name = context.req.query("model_name");
        if (name !== "Qwen/Qwen3-8B") return context.json({ message: `model ${name} is not available for fine-tuning` }, 404);
        return reply(context, "FineTuneModelLimits", {
          model_name: name, lora_training: { max_batch_size: 64, max_batch_size_dpo: 16, min_batch_size: 8, max_rank: 64, target_modules: ["q_proj"] },
          max_num_epochs: 10, max_num_evals: 50, max_learning_rate: 0.01, min_learning_rate: 1e-7, supports_vision: false, supports_tools: true, supports_reasoning: true, merge_output_lora: true,
        });
      });
      app.get("/fine-tunes/:id", (context) => withJob(context, (job) => reply(context, "FinetuneResponse", { ...job, events: events.get(String(job["id"])) ?? [] })));
      app.delete("/fine-tunes/:id", (context) => withJob(context, (job) => {
        jobs.splice(jobs.indexOf(job), 1);
        return reply(context, "FinetuneDeleteResponse", { message: "deleted" });
      }));
      app.post("/fine-tunes/:id/cancel", (context) => withJob(context, (job) => reply(context, "FinetuneResponseTruncated", Object.assign(job, { status: "cancel_requested", updated_at: moment() }))));
      app.get("/fine-tunes/:id/events", (context) => withJob(context, ({ id }) => reply(context, "FinetuneListEvents", { data: events.get(String(id)) ?? [] })));
      app.get("/fine-tunes/:id/checkpoints", (context) => withJob(context, ({ id }) => reply(context, "FinetuneListCheckpoints", { data: checkpoints.get(String(id)) ?? [] })));
      app.get("/fine-tunes/:id/metrics", (context) => withJob(context, ({ id }) => reply(context, "MetricsResponse", { metrics: metrics.get(String(id)) ?? [] })));
      app.get("/finetune/download", (context) => {
        const { ft_id: id, checkpoint, checkpoint_step: step } = context.req.query();
        if (!checkpoint && !step) return refuse(context, 400, "checkpoint or checkpoint_step is required");
        // The adapter comes as it is, the rest from a store.
        if (checkpoint === "adapter") return context.body(`weights of ${id}`, 200, { "content-type": "application/octet-stream" });
        return context.redirect(`${origin}/signed/weights?signature=abc`, 302);
      });
      app.post("/chat/completions", async (context) => {
        const { model, messages } = (await context.req.json()) as { model: string; messages: { content: string }[] };
        return reply(context, "ChatCompletionResponse", completion(model, messages));
      });
    },
    routeOpen(app) {
      app.put("/:id", async (context) => {
        const file = pending.get(context.req.param("id"));
        if (!file || context.req.header("content-length") === undefined) return context.text("Forbidden", 403);
        file.text = await context.req.text();
        return context.body(null, 200);
      });
      app.put("/:id/:part", async (context) => {
        const file = pending.get(context.req.param("id"));
        const part = Number(context.req.param("part"));
        if (!file || context.req.header("x-part") !== String(part)) return context.text("Forbidden", 403);
        file.parts.set(part, await context.req.text());
        return context.body(null, 200, { etag: `"etag-${part}"` });
      });
      app.get("/weights", (context) => context.body("weights"));
    },
  });
  origin = server.origin;

  function fileObject(id: string): Values {
    const file = files.get(id);
    return { id, object: "file", created_at: 1_790_000_000 + Number(id.slice(5)), filename: file?.name ?? "", bytes: Buffer.byteLength(file?.text ?? ""), purpose: "fine-tune", FileType: "jsonl", Processed: file?.processed ?? false };
  }

  function event(message: string, type: string, step = 0, total = 0): Values {
    return {
      object: "fine-tune-event", created_at: moment(), level: type === "job_error" ? "error" : "info", message, type, param_count: 0, token_count: 0, total_steps: total, wandb_url: "", step,
      checkpoint_path: "", model_path: "", training_offset: 0, hash: `hash-${(count += 1)}`,
    };
  }

  function finish(id: string, end: "succeeded" | "failed" = "succeeded"): void {
    const job = jobs.find((each) => each["id"] === id);
    if (!job) throw new Error(`The fake has no job ${id}.`);
    const log = events.get(id) ?? [];
    if (end === "failed") {
      log.push(event("Training data has no valid example", "job_error"));
      return void Object.assign(job, { status: "error", updated_at: moment() });
    }
    for (const step of [1, 2]) {
      log.push(event(`Checkpoint saved at step ${step}`, "checkpoint_save", step, 2));
      checkpoints.set(id, [...(checkpoints.get(id) ?? []), { step, created_at: moment(), path: `s3://acme/${id}/${step}`, checkpoint_type: step === 2 ? "final" : "intermediate" }]);
      metrics.set(id, [...(metrics.get(id) ?? []), { "train/loss": step / 10, "train/learning_rate": 0.0001, "train/global_step": step }, { "eval/loss": step / 5, "train/global_step": step }]);
    }
    log.push(event("Job finished", "job_complete", 2, 2));
    Object.assign(job, { status: "completed", updated_at: moment(), token_count: 128, total_price: 1_500_000_000, epochs_completed: 1 });
  }

  return { ...server, batches, jobs, events, files, finish };
}

/** A chat completion in Together's form. */
function completion(model: string, messages: readonly { readonly content: string }[]): Values {
  return {
    id: "chat-1", object: "chat.completion", prompt: [], created: 1_790_000_000, model, usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    choices: [{ text: "", index: 0, seed: 1, finish_reason: "stop", message: { role: "assistant", content: `${model} heard: ${messages.at(-1)?.content}` }, logprobs: {} }],
  };
}
