import type { AddressInfo, Socket } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono, type Context } from "hono";
import { assertFollowsOpenAi } from "./openai-specification.ts";

type Values = Record<string, unknown>;
type Environment = { Bindings: HttpBindings };

/** How one request is answered otherwise than it should be; `regular` does what the request asks for and gives the regular answer. */
export type Fault = (context: Context<Environment>, regular: () => Promise<Response>) => Response | Promise<Response>;

/** A request as it arrived. */
export interface Received {
  /** `POST /fine_tuning/jobs` */
  readonly act: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Values;
}

export interface FakeOpenAi {
  readonly origin: string;
  readonly baseURL: string;
  readonly key: string;
  readonly received: readonly Received[];
  /** Newest first; a test may change them and add to them what no server should send. */
  readonly jobs: Values[];
  /** By job, newest first. */
  readonly events: Map<string, Values[]>;
  readonly checkpoints: Map<string, Values[]>;
  readonly files: Map<string, { readonly name: string; readonly text: string; readonly purpose: string }>;
  readonly models: Values[];
  /** Answers the next request of this kind, or as many as are said, by a fault. */
  misbehave(act: string, fault: Fault, times?: number): void;
  /** Lets a job run to its end. */
  finish(job: string, end?: "succeeded" | "failed"): void;
  times(act: string): number;
  /** Rejects with what the fake itself did against the specification. */
  close(): Promise<void>;
}

/** A server on loopback that keeps the state of OpenAI's fine-tuning API in memory. Its regular answers, and the requests for jobs, are held against OpenAI's specification. */
export async function startFakeOpenAi(key = "sk-test-0123456789"): Promise<FakeOpenAi> {
  const deviations: unknown[] = [];
  const faults: { readonly act: string; readonly fault: Fault; times: number }[] = [];
  const received: Received[] = [];
  const jobs: Values[] = [];
  const events = new Map<string, Values[]>();
  const checkpoints = new Map<string, Values[]>();
  const files: FakeOpenAi["files"] = new Map();
  const models: Values[] = ["ft:gpt-4o-mini:acme::old", "gpt-4o-mini", "gpt-4.1-mini"].map((id) => ({ id, object: "model", created: 1_700_000_000, owned_by: "system" }));
  let count = 0;
  // Jobs of a fake that is quicker than a second would all bear the same time.
  const now = (): number => 1_790_000_000 + (count += 1);

  const app = new Hono<Environment>().basePath("/v1");
  const reply = (context: Context<Environment>, schema: string, value: Values): Response => {
    assertFollowsOpenAi(schema, value);
    return context.json(value);
  };
  const refuse = (context: Context<Environment>, status: 400 | 401 | 404, message: string, code: string | null): Response =>
    context.json({ error: { message, type: "invalid_request_error", param: null, code } }, status);

  app.use(async (context, next) => {
    const act = `${context.req.method} ${context.req.path.replace(/^\/v1/, "")}`;
    const isJson = context.req.header("content-type")?.startsWith("application/json") ?? false;
    received.push({ act, query: context.req.query(), headers: context.req.header(), ...(isJson ? { body: (await context.req.json()) as Values } : {}) });
    if (context.req.header("authorization") !== `Bearer ${key}`) return refuse(context, 401, `Incorrect API key provided: ${context.req.header("authorization")?.slice(7)}.`, "invalid_api_key");
    const waiting = faults.find((each) => each.act === act && each.times > 0);
    if (!waiting) return next();
    waiting.times -= 1;
    // What the fault gives replaces a regular answer that it had made, and perhaps read, before.
    context.res = await waiting.fault(context, async () => {
      await next();
      const made = context.res;
      context.res = undefined;
      return made;
    });
    return undefined;
  });

  app.get("/models", (context) => reply(context, "ListModelsResponse", { object: "list", data: models }));
  app.post("/files", async (context) => {
    const { file, purpose } = await context.req.parseBody();
    if (!(file instanceof File) || typeof purpose !== "string") return refuse(context, 400, "'file' and 'purpose' are required", null);
    const text = await file.text();
    const id = `file-${(count += 1)}`;
    files.set(id, { name: file.name, text, purpose });
    return reply(context, "OpenAIFile", { id, object: "file", bytes: file.size, created_at: now(), filename: file.name, purpose, status: "processed" });
  });
  app.post("/fine_tuning/jobs", async (context) => {
    const body = (await context.req.json()) as Values;
    assertFollowsOpenAi("CreateFineTuningJobRequest", body);
    if (!files.has(String(body["training_file"]))) return refuse(context, 400, `invalid training_file: ${String(body["training_file"])}`, "invalid_file");
    const job = createJob(body);
    return reply(context, "FineTuningJob", job);
  });
  app.get("/fine_tuning/jobs", (context) => reply(context, "ListPaginatedFineTuningJobsResponse", page(context, jobs)));
  app.get("/fine_tuning/jobs/:id", (context) => withJob(context, (job) => reply(context, "FineTuningJob", job)));
  app.post("/fine_tuning/jobs/:id/cancel", (context) => withJob(context, (job) => reply(context, "FineTuningJob", Object.assign(job, { status: "cancelled", finished_at: now() }))));
  app.get("/fine_tuning/jobs/:id/events", (context) => withJob(context, ({ id }) => reply(context, "ListFineTuningJobEventsResponse", page(context, events.get(String(id)) ?? []))));
  app.get("/fine_tuning/jobs/:id/checkpoints", (context) => withJob(context, ({ id }) => {
    const list = page(context, checkpoints.get(String(id)) ?? []);
    return reply(context, "ListFineTuningJobCheckpointsResponse", { ...list, first_id: list.data[0]?.["id"] ?? null, last_id: list.data.at(-1)?.["id"] ?? null });
  }));
  app.post("/chat/completions", async (context) => {
    const { model, messages } = (await context.req.json()) as { model: string; messages: { content: string }[] };
    if (!models.some(({ id }) => id === model)) return refuse(context, 404, `The model '${model}' does not exist`, "model_not_found");
    return reply(context, "CreateChatCompletionResponse", completion(model, { role: "assistant", content: `${model} heard: ${messages.at(-1)?.content}`, refusal: null }));
  });
  app.onError((error, context) => {
    deviations.push(error);
    return context.json({ error: { message: error.message, type: "server_error", param: null, code: null } }, 500);
  });

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
    Object.assign(job, { status: "succeeded", finished_at: now(), fine_tuned_model: model, trained_tokens: 128 });
  }

  function event(created_at: number, message: string, data: Values | null = null): Values {
    return { object: "fine_tuning.job.event", id: `ft-event-${(count += 1)}`, created_at, level: "info", message, type: data ? "metrics" : "message", data: data ?? {} };
  }

  function withJob(context: Context<Environment>, act: (job: Values) => Response): Response {
    const job = jobs.find(({ id }) => id === context.req.param("id"));
    return job ? act(job) : refuse(context, 404, `Could not find fine tune: ${context.req.param("id")}`, "fine_tune_not_found");
  }

  const server = createAdaptorServer({ fetch: app.fetch });
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin, baseURL: `${origin}/v1`, key, received, jobs, events, checkpoints, files, models,
    misbehave: (act, fault, times = 1) => void faults.push({ act, fault, times }),
    finish,
    times: (act) => received.filter((each) => each.act === act).length,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      if (deviations.length > 0) throw new AggregateError(deviations, `The fake went against OpenAI's specification: ${String(deviations[0])}`);
    },
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

/** Cuts the connection before anything is done. */
export const cut: Fault = (context) => {
  context.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
};

/** Does what was asked for and cuts the connection before the answer leaves. */
export const loseAnswer: Fault = async (context, regular) => {
  await regular();
  return cut(context, regular);
};

/** Refuses with a status and OpenAI's body of an error. */
export function refusal(status: number, message: string, code: string | null = null, headers: Record<string, string> = {}): Fault {
  return () => Response.json({ error: { message, type: "invalid_request_error", param: null, code } }, { status, headers });
}

/** Answers with success and a body that no specification knows. */
export function answering(body: unknown): Fault {
  return () => Response.json(body);
}

/** Sends the request on to another address. */
export function redirecting(location: string, status = 307): Fault {
  return () => new Response(null, { status, headers: { location } });
}

/** Gives the items of a page in another order, but for the last one, by which the next page is asked for; and only after other work of the process has had its turn. */
export const slowAndReordered: Fault = async (_context, regular) => {
  const body = (await (await regular()).json()) as { data: unknown[] };
  await new Promise((resolve) => setImmediate(resolve));
  return Response.json({ ...body, data: [...body.data.slice(0, -1).reverse(), ...body.data.slice(-1)] });
};
