import type { Context } from "hono";
import { startFakeServer, type Environment, type FakeServer, type Fault, type Values } from "./fake-server.ts";

const base = ["dataset", "displayName", "wandbConfig", "awsS3Config", "azureBlobStorageConfig", "reservationTarget"];
const training = ["baseModel", "warmStartFrom", "batchSize", "batchSizeSamples", "samplerCheckpointSaveIntervalSteps", "epochs", "gradientAccumulationSteps", "jinjaTemplate", "learningRate", "learningRateWarmupSteps", "loraRank", "maxContextLength", "optimizerWeightDecay", "outputModel", "region"];
/** What the SDK's parameters of `create` name, by collection; anything else goes against it. */
const taken: Readonly<Record<string, { readonly top: readonly string[]; readonly id: string }>> = {
  supervisedFineTuningJobs: { id: "supervisedFineTuningJobId", top: [...base, ...training, "earlyStop", "evalAutoCarveout", "evaluationDataset", "isTurbo", "nodes", "useReservation"] },
  dpoJobs: { id: "dpoJobId", top: [...base, "lossConfig", "trainingConfig", "useReservation"] },
  reinforcementFineTuningJobs: { id: "reinforcementFineTuningJobId", top: [...base, "evaluator", "chunkSize", "evalAutoCarveout", "evaluationDataset", "inferenceParameters", "lossConfig", "maxConcurrentEvaluations", "maxConcurrentRollouts", "maxInferenceReplicaCount", "mcpServer", "nodeCount", "trainingConfig"] },
};
const nested: Readonly<Record<string, readonly string[]>> = {
  trainingConfig: training,
  lossConfig: ["dpo", "klBeta", "method"],
  inferenceParameters: ["extraBody", "maxOutputTokens", "responseCandidatesCount", "temperature", "topK", "topP"],
  wandbConfig: ["apiKey", "enabled", "entity", "project", "runId"],
};

export interface FakeFireworks extends FakeServer {
  readonly account: string;
  /** By collection, in no order. */
  readonly jobs: Readonly<Record<string, Values[]>>;
  readonly datasets: Map<string, { text: string; state: string; displayName: string; createTime: string }>;
  readonly models: Values[];
  readonly deployments: Values[];
  finish(job: string, end?: "succeeded" | "failed"): void;
}

/**
 * A server on loopback that keeps the state of Fireworks' gateway in memory. It is built from the types of Fireworks' SDK (fireworks-ai 1.2, generated
 * from its OpenAPI document) and its documentation of uploads: names of members, parameters, states and lists are theirs, and a request with a member that
 * the SDK does not know fails.
 */
export async function startFakeFireworks(key = "fw_test0123456789"): Promise<FakeFireworks> {
  const account = "accounts/acme";
  const jobs: Record<string, Values[]> = { supervisedFineTuningJobs: [], dpoJobs: [], reinforcementFineTuningJobs: [] };
  const datasets: FakeFireworks["datasets"] = new Map();
  const models: Values[] = [];
  const deployments: Values[] = [];
  let count = 0;
  let origin = "";
  const moment = (): string => new Date(1_790_000_000_000 + (count += 1) * 1000).toISOString();
  const refuse = (context: Context<Environment>, status: 400 | 401 | 404 | 409, code: number, message: string): Response => context.json({ code, message, details: [] }, status);
  const check = (values: Values, allowed: readonly string[], where: string): void => {
    const strangers = Object.keys(values).filter((name) => !allowed.includes(name));
    if (strangers.length > 0) throw new Error(`The SDK has no ${strangers.join(", ")} in ${where}.`);
  };
  const page = (context: Context<Environment>, member: string, items: readonly Values[]): Response => {
    const size = Math.min(200, Number(context.req.query("pageSize") ?? 50));
    const start = Number(context.req.query("pageToken") ?? 0);
    const sorted = context.req.query("orderBy") === "createTime desc" ? items.toSorted((one, other) => String(other["createTime"]).localeCompare(String(one["createTime"]))) : items;
    const end = start + size;
    return context.json({ ...(sorted.length === 0 ? {} : { [member]: sorted.slice(start, end) }), nextPageToken: end < sorted.length ? String(end) : "", totalSize: sorted.length });
  };
  const datasetObject = (id: string): Values => {
    const { state, displayName, createTime, text } = datasets.get(id) ?? { state: "", displayName: "", createTime: "", text: "" };
    return { name: `${account}/datasets/${id}`, displayName, createTime, state, status: { code: "OK", message: "" }, exampleCount: String(text.split("\n").length - 1), estimatedTokenCount: "64", format: "CHAT", userUploaded: {} };
  };

  const server = await startFakeServer({
    basePath: "/v1", key, open: "/signed",
    unauthorised: (context) => refuse(context, 401, 16, `invalid API key ${context.req.header("authorization")?.slice(7)}`),
    route(app) {
      app.get("/accounts", (context) => page(context, "accounts", [{ name: account, email: "a@acme.example", displayName: "Acme", state: "READY", suspendState: "UNSUSPENDED" }, { name: "accounts/other", email: "b@acme.example", suspendState: "CREDIT_DEPLETED" }]));
      app.get("/accounts/fireworks/models", (context) => page(context, "models", [
        { name: "accounts/fireworks/models/qwen3-8b", displayName: "Qwen3 8B", kind: "HF_BASE_MODEL", tunable: true, rlTunable: true, contextLength: 40_960, trainingContextLength: 32_768, baseModelDetails: { tunable: true } },
        { name: "accounts/fireworks/models/too-large", kind: "HF_BASE_MODEL", tunable: false, baseModelDetails: { tunable: true }, deprecationDate: { year: 2027, month: 3, day: 1 } },
        { name: "accounts/fireworks/models/embedding", kind: "EMBEDDING_MODEL" },
      ]));
      app.get("/accounts/acme/models", (context) => page(context, "models", models));
      app.get("/accounts/acme/models/:id", (context) => {
        const [id = "", verb] = context.req.param("id").split(":");
        const model = models.find(({ name }) => name === `${account}/models/${id}`);
        if (!model) return refuse(context, 404, 5, `model ${id} not found`);
        if (verb !== "getDownloadEndpoint") return context.json(model);
        return context.json({ filenameToSignedUrls: { "adapter_config.json": `${origin}/signed/weights?signature=abc`, "adapter_model.safetensors": `${origin}/signed/weights?signature=abc` } });
      });
      app.post("/accounts/acme/datasets", async (context) => {
        const { datasetId, dataset } = (await context.req.json()) as { datasetId: string; dataset: Values };
        check(dataset, ["displayName", "userUploaded", "format", "exampleCount", "externalUrl", "evalProtocol"], "a dataset");
        if (datasets.has(datasetId)) return refuse(context, 409, 6, `dataset ${datasetId} already exists`);
        datasets.set(datasetId, { text: "", state: "UPLOADING", displayName: String(dataset["displayName"] ?? ""), createTime: moment() });
        return context.json(datasetObject(datasetId));
      });
      app.get("/accounts/acme/datasets", (context) => page(context, "datasets", [...datasets.keys()].map(datasetObject)));
      app.get("/accounts/acme/datasets/:id", (context) => {
        const [id = "", verb] = context.req.param("id").split(":");
        if (!datasets.has(id)) return refuse(context, 404, 5, `dataset ${id} not found`);
        return context.json(verb === "getDownloadEndpoint" ? { filenameToSignedUrls: { "train.jsonl": `${origin}/signed/datasets/${id}?signature=abc` } } : datasetObject(id));
      });
      app.post("/accounts/acme/datasets/:id", async (context) => {
        const [id = "", verb] = context.req.param("id").split(":");
        const dataset = datasets.get(id);
        if (!dataset) return refuse(context, 404, 5, `dataset ${id} not found`);
        if (verb === "upload") {
          const { file } = await context.req.parseBody();
          if (!(file instanceof File)) return refuse(context, 400, 3, "file is required");
          Object.assign(dataset, { text: await file.text(), state: "READY" });
          return context.json({ id, object: "file", bytes: file.size, created_at: 1_790_000_000, filename: file.name, purpose: "fine-tune" });
        }
        if (verb === "getUploadEndpoint") {
          const { filenameToSize } = (await context.req.json()) as { filenameToSize: Record<string, string> };
          return context.json({ filenameToSignedUrls: Object.fromEntries(Object.keys(filenameToSize).map((name) => [name, `${origin}/signed/datasets/${id}?X-Goog-SignedHeaders=content-type%3Bhost%3Bx-goog-content-length-range&signature=abc`])) });
        }
        if (verb !== "validateUpload") return refuse(context, 404, 5, "no such method");
        dataset.state = "READY";
        return context.json({});
      });
      app.delete("/accounts/acme/datasets/:id", (context) => (datasets.delete(context.req.param("id")) ? context.json({}) : refuse(context, 404, 5, "dataset not found")));
      for (const [path, { top, id: idParameter }] of Object.entries(taken)) {
        const list = jobs[path] ?? [];
        const find = (id: string): Values | undefined => list.find(({ name }) => name === `${account}/${path}/${id}`);
        app.get(`/accounts/acme/${path}`, (context) => page(context, path, list));
        app.post(`/accounts/acme/${path}`, async (context) => {
          const body = (await context.req.json()) as Values;
          check(body, top, path);
          for (const [name, allowed] of Object.entries(nested)) check((body[name] ?? {}) as Values, allowed, name);
          if (path === "reinforcementFineTuningJobs" && typeof body["evaluator"] !== "string") return refuse(context, 400, 3, "evaluator is required");
          if (!datasets.has(String(body["dataset"]).replace(`${account}/datasets/`, ""))) return refuse(context, 400, 3, `dataset ${String(body["dataset"])} not found`);
          const id = context.req.query(idParameter) ?? `job${(count += 1)}`;
          if (find(id)) return refuse(context, 409, 6, `job ${id} already exists`);
          const { wandbConfig: _secret, ...kept } = body;
          const job = { ...kept, name: `${account}/${path}/${id}`, state: "JOB_STATE_CREATING", createTime: moment(), status: { code: "OK", message: "" }, estimatedCost: { currencyCode: "USD", units: "2", nanos: 500_000_000 } };
          list.push(job);
          return context.json(job);
        });
        app.get(`/accounts/acme/${path}/:id`, (context) => {
          const [id = "", verb] = context.req.param("id").split(":");
          const job = find(id);
          if (!job) return refuse(context, 404, 5, `job ${id} not found`);
          if (verb === "getMetricsFileEndpoint") return job["state"] === "JOB_STATE_COMPLETED" ? context.json({ signedUrl: `${origin}/signed/metrics?signature=abc` }) : refuse(context, 404, 5, "no metrics yet");
          return context.json(job);
        });
        app.post(`/accounts/acme/${path}/:id`, (context) => {
          const [id = "", verb] = context.req.param("id").split(":");
          const job = find(id);
          if (!job) return refuse(context, 404, 5, `job ${id} not found`);
          Object.assign(job, { state: verb === "cancel" ? "JOB_STATE_CANCELLING" : "JOB_STATE_RUNNING" });
          return context.json(verb === "cancel" ? {} : job);
        });
        app.delete(`/accounts/acme/${path}/:id`, (context) => {
          const index = list.findIndex(({ name }) => name === `${account}/${path}/${context.req.param("id")}`);
          if (index < 0) return refuse(context, 404, 5, "job not found");
          list.splice(index, 1);
          return context.json({});
        });
      }
      app.get("/accounts/acme/deployments", (context) => page(context, "deployments", deployments));
      app.post("/accounts/acme/deployments", async (context) => {
        const body = (await context.req.json()) as Values;
        check(body, ["baseModel", "displayName", "deploymentShape", "minReplicaCount", "maxReplicaCount"], "a deployment");
        const name = `${account}/deployments/${context.req.query("deploymentId")}`;
        if (deployments.some((each) => each["name"] === name)) return refuse(context, 409, 6, "deployment already exists");
        const deployment = { ...body, name, state: "CREATING", createTime: moment() };
        deployments.push(deployment);
        return context.json(deployment);
      });
      app.get("/accounts/acme/deployments/:id", (context) => {
        const found = deployments.find(({ name }) => name === `${account}/deployments/${context.req.param("id")}`);
        return found ? context.json(found) : refuse(context, 404, 5, "deployment not found");
      });
      app.delete("/accounts/acme/deployments/:id", (context) => {
        const index = deployments.findIndex(({ name }) => name === `${account}/deployments/${context.req.param("id")}`);
        if (index < 0) return refuse(context, 404, 5, "deployment not found");
        deployments.splice(index, 1);
        return context.json({});
      });
    },
    routeOpen(app) {
      app.put("/datasets/:id", async (context) => {
        const dataset = datasets.get(context.req.param("id"));
        const text = await context.req.text();
        // What the signature covers has to be there as it was signed.
        const size = Buffer.byteLength(text);
        if (!dataset || context.req.header("x-goog-content-length-range") !== `${size},${size}` || context.req.header("content-type") !== "application/octet-stream") return context.text("SignatureDoesNotMatch", 403);
        dataset.text = text;
        return context.body(null, 200);
      });
      app.get("/datasets/:id", (context) => context.body(datasets.get(context.req.param("id"))?.text ?? ""));
      app.get("/weights", (context) => context.body("weights"));
      app.get("/metrics", (context) => context.body('{"step":1,"train/loss":0.9,"lr":0.0001}\n{"step":2,"train/loss":0.5,"eval/loss":0.6}\n'));
      app.get("/log", (context) => context.body("step 1\n"));
    },
  });
  origin = server.origin;

  function finish(id: string, end: "succeeded" | "failed" = "succeeded"): void {
    const name = `${account}/${id}`;
    const job = Object.values(jobs).flat().find((each) => each["name"] === name);
    if (!job) throw new Error(`The fake has no job ${id}.`);
    if (end === "failed") return void Object.assign(job, { state: "JOB_STATE_FAILED", completedTime: moment(), status: { code: "INVALID_ARGUMENT", message: "No valid training examples after tokenization" } });
    const model = `${account}/models/${id.replace(/^.*\//, "")}`;
    models.push({ name: model, kind: "HF_PEFT_ADDON", state: "READY", fineTuningJob: name });
    Object.assign(job, { state: "JOB_STATE_COMPLETED", completedTime: moment(), jobProgress: { percent: 100 }, ...(id.startsWith("supervised") ? { outputModel: model, metricsFileSignedUrl: `${origin}/signed/metrics?signature=abc`, trainerLogsSignedUrl: `${origin}/signed/log?signature=abc` } : {}) });
  }

  return { ...server, account, jobs, datasets, models, deployments, finish };
}

/** Refuses with a status and Fireworks' body of an error. */
export function fireworksRefusal(status: number, message: string, headers: Record<string, string> = {}): Fault {
  return () => Response.json({ code: 3, message, details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "REASON" }] }, { status, headers });
}
