import { createHash } from "node:crypto";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";
import { startFakeServer, type Environment, type FakeServer, type Values } from "./fake-server.ts";

/** What `_create_job_spec` of Hugging Face's client can send; anything else goes against it. */
const taken = ["dockerImage", "spaceId", "command", "arguments", "environment", "secrets", "flavor", "timeoutSeconds", "labels", "volumes", "expose", "ssh", "network", "attempts", "resourceGroupId"];

export interface FakeHuggingFace extends FakeServer {
  readonly user: string;
  /** In no order. */
  readonly jobs: Values[];
  /** By job: the whole log. */
  readonly logs: Map<string, { data: string; timestamp: string }[]>;
  /** By path within the dataset repository. */
  readonly files: Map<string, string>;
  finish(job: string, end?: "succeeded" | "failed"): void;
  /** After so many lines the next streams of a log end, though the job goes on. */
  cutLogsAfter(lines: number, times?: number): void;
  readonly commits: readonly string[];
}

/**
 * A server on loopback that keeps the state of the Hub and its jobs in memory. It is built from Hugging Face's own client (huggingface_hub 2.4: `_jobs_api`,
 * `hf_api`, `_commit_api`, `lfs`): routes, names and values are what that sends and reads, and a job with a member that it does not know fails. `lfs` says
 * that files go to the store, and in parts of how many bytes.
 */
export async function startFakeHuggingFace({ key = "hf_test0123456789", lfs }: { key?: string; lfs?: { partBytes?: number } } = {}): Promise<FakeHuggingFace> {
  const user = "acme-user";
  const jobs: Values[] = [];
  const logs: FakeHuggingFace["logs"] = new Map();
  const files = new Map<string, string>();
  const store = new Map<string, string>();
  const parts = new Map<string, Map<number, string>>();
  const commits: string[] = [];
  let repository = false;
  let cuts = { lines: 0, times: 0 };
  let count = 0;
  let origin = "";
  const moment = (): string => new Date(1_790_000_000_000 + (count += 1) * 1000).toISOString();
  const refuse = (context: Context<Environment>, status: 400 | 401 | 404 | 409 | 422, error: string): Response => context.json({ error }, status);
  const say = (id: string, data: string): void => void logs.set(id, [...(logs.get(id) ?? []), { data, timestamp: moment() }]);
  const tell = (id: string, value: Values): void => say(id, `TUNESMITH ${JSON.stringify(value)}`);

  const server = await startFakeServer({
    basePath: "", key, open: "/signed",
    unauthorised: (context) => refuse(context, 401, "Invalid credentials in Authorization header"),
    route(app) {
      app.get("/api/whoami-v2", (context) => context.json({ type: "user", name: user, fullname: "Acme", canPay: true, orgs: [{ type: "org", name: "acme-org", canPay: false }], auth: { type: "access_token", accessToken: { role: "write" } } }));
      app.get("/api/jobs/hardware", (context) => context.json([
        { name: "a100-large", prettyName: "Nvidia A100 - large", cpu: "12 vCPU", ram: "142 GB", ephemeralStorage: "1000 GB", accelerator: { type: "gpu", model: "A100", quantity: "1", vram: "80 GB", manufacturer: "Nvidia" }, unitCostMicroUSD: 41_667, unitCostUSD: 0.041667, unitLabel: "minute" },
        { name: "cpu-basic", prettyName: "CPU Basic", cpu: "2 vCPU", ram: "16 GB", ephemeralStorage: "20 GB", accelerator: null, unitCostMicroUSD: 167, unitCostUSD: 0.000167, unitLabel: "minute" },
        { name: "a10g-small", prettyName: "Nvidia A10G - small", cpu: "4 vCPU", ram: "15 GB", ephemeralStorage: "110 GB", accelerator: { type: "gpu", model: "A10G", quantity: "1", vram: "24 GB", manufacturer: "Nvidia" }, unitCostMicroUSD: 16_667, unitCostUSD: 0.016667, unitLabel: "minute" },
      ]));
      app.get("/api/jobs/:owner", (context) => {
        const [name, value] = (context.req.query("label") ?? "").split("=");
        const found = jobs.filter(({ labels }) => !name || (labels as Values)?.[name] === value).toSorted((one, other) => String(other["createdAt"]).localeCompare(String(one["createdAt"])));
        const start = Number(context.req.query("cursor") ?? 0);
        const end = start + 100;
        const query = new URLSearchParams({ ...context.req.query(), cursor: String(end) });
        return context.json(found.slice(start, end), 200, end < found.length ? { link: `<${origin}${context.req.path}?${query}>; rel="next"` } : {});
      });
      app.post("/api/jobs/:owner", async (context) => {
        const body = (await context.req.json()) as Values;
        const strangers = Object.keys(body).filter((name) => !taken.includes(name));
        if (strangers.length > 0) throw new Error(`The client has no ${strangers.join(", ")} in a job.`);
        const environment = body["environment"] as Record<string, string>;
        const request = JSON.parse(environment["TUNESMITH_REQUEST"] ?? "{}") as Values;
        if (![...files.keys()].some((path) => String(request["training_file"]).endsWith(path))) return refuse(context, 422, `No such file: ${String(request["training_file"])}`);
        const id = `687fb70102${String((count += 1)).padStart(6, "0")}`;
        const { secrets, timeoutSeconds: _timeout, ...kept } = body;
        const job = { ...kept, id, createdAt: moment(), startedAt: null, finishedAt: null, secrets: Object.keys((secrets ?? {}) as Values), status: { stage: "SCHEDULING", message: null }, owner: { id: "u1", name: user, type: "user" }, durations: { schedulingSecs: null, runningSecs: null, totalSecs: 1 }, retry: 0 };
        jobs.push(job);
        say(id, "===== Job started at 2026-11-22 10:00:00 =====");
        return context.json(job);
      });
      const withJob = (context: Context<Environment>, act: (job: Values) => Response): Response => {
        const job = jobs.find(({ id }) => id === context.req.param("id"));
        return job ? act(job) : refuse(context, 404, "Job not found");
      };
      app.get("/api/jobs/:owner/:id", (context) => withJob(context, (job) => context.json(job)));
      app.post("/api/jobs/:owner/:id/cancel", (context) => withJob(context, (job) => {
        Object.assign(job, { status: { stage: "CANCELED", message: null }, finishedAt: moment() });
        return context.json({});
      }));
      // Everything from the beginning, then silence: a stream need not end with its job.
      app.get("/api/jobs/:owner/:id/logs", (context) => withJob(context, ({ id }) => {
        const { outgoing } = context.env;
        const lines = logs.get(String(id)) ?? [];
        const limit = cuts.times > 0 ? cuts.lines : lines.length;
        const ends = cuts.times > 0;
        cuts = { ...cuts, times: cuts.times - 1 };
        outgoing.writeHead(200, { "content-type": "text/event-stream" });
        outgoing.write(": keep-alive\n\n");
        for (const line of lines.slice(0, limit)) outgoing.write(`data: ${JSON.stringify(line)}\n\n`);
        if (ends) outgoing.end();
        return RESPONSE_ALREADY_SENT;
      }));
      app.post("/api/repos/create", async (context) => {
        const body = (await context.req.json()) as Values;
        if (body["type"] !== "dataset" || body["private"] !== true) return refuse(context, 400, "A private dataset is expected.");
        if (repository) return refuse(context, 409, "You already created this dataset repo");
        repository = true;
        return context.json({ url: `${origin}/datasets/${user}/${String(body["name"])}` });
      });
      app.post("/api/datasets/:owner/:name/preupload/main", async (context) => {
        const body = (await context.req.json()) as { files: { path: string; size: number; sample: string }[] };
        return context.json({ files: body.files.map(({ path }) => ({ path, uploadMode: lfs ? "lfs" : "regular", shouldIgnore: false, oid: null })) });
      });
      app.post("/datasets/:owner/:name/info/lfs/objects/batch", async (context) => {
        if (!context.req.param("name").endsWith(".git")) return refuse(context, 404, "Not found");
        const { objects: [object] = [] } = (await context.req.json()) as { objects: { oid: string; size: number }[] };
        const { oid = "", size = 0 } = object ?? {};
        if (store.has(oid)) return context.json({ transfer: "basic", objects: [{ oid, size }] });
        const bytes = lfs?.partBytes;
        if (bytes === undefined) return context.json({ transfer: "basic", objects: [{ oid, size, actions: { upload: { href: `${origin}/signed/lfs/${oid}?signature=abc` } } }] });
        parts.set(oid, new Map());
        const header = Object.fromEntries(Array.from({ length: Math.ceil(size / bytes) }, (_, index) => [String(index + 1).padStart(5, "0"), `${origin}/signed/lfs/${oid}/${index + 1}?signature=abc`]));
        return context.json({ transfer: "multipart", objects: [{ oid, size, actions: { upload: { href: `${origin}/api/complete_multipart?oid=${oid}`, header: { chunk_size: String(bytes), ...header } } } }] });
      });
      app.post("/api/complete_multipart", async (context) => {
        const { oid, parts: sent } = (await context.req.json()) as { oid: string; parts: { partNumber: number; etag: string }[] };
        if (sent.some(({ partNumber, etag }) => etag !== `"etag-${partNumber}"`)) return refuse(context, 400, "Wrong etag");
        store.set(oid, sent.map(({ partNumber }) => parts.get(oid)?.get(partNumber) ?? "").join(""));
        return context.json({});
      });
      app.post("/api/datasets/:owner/:name/commit/main", async (context) => {
        if (context.req.header("content-type") !== "application/x-ndjson") return refuse(context, 400, "ndjson is expected");
        const [header, ...operations] = (await context.req.text()).trim().split("\n").map((line) => JSON.parse(line) as { key: string; value: Values });
        commits.push(String(header?.value["summary"]));
        for (const { key: kind, value } of operations) {
          const path = String(value["path"]);
          if (kind === "file") files.set(path, Buffer.from(String(value["content"]), "base64").toString());
          else if (kind === "lfsFile") {
            const content = store.get(String(value["oid"]));
            if (content === undefined || createHash("sha256").update(content).digest("hex") !== value["oid"] || Buffer.byteLength(content) !== value["size"]) return refuse(context, 400, `LFS pointer pointed to a file that does not exist: ${path}`);
            files.set(path, content);
          } else if (kind === "deletedFile") files.delete(path);
        }
        return context.json({ success: true, commitOid: "c0ffee", commitUrl: `${origin}/commit/c0ffee`, hookOutput: "" });
      });
      app.get("/api/datasets/:owner/:name/tree/main/data", (context) => {
        if (files.size === 0) return refuse(context, 404, "data does not exist on main");
        return context.json([{ type: "directory", path: "data/x", size: 0, oid: "d" }, ...[...files].map(([path, text]) => ({ type: "file", path, size: Buffer.byteLength(text), oid: "f", lastCommit: { id: "c", title: "t", date: "2026-11-22T10:00:00.000Z" } }))]);
      });
      app.get("/datasets/:owner/:name/resolve/main/*", (context) => {
        const path = decodeURIComponent(context.req.path.split("/resolve/main/")[1] ?? "");
        const text = files.get(path);
        return text === undefined ? refuse(context, 404, "Entry not found") : context.body(text);
      });
      app.get("/api/models", (context) => context.json(context.req.query("author") === user ? [{ id: `${user}/bank-old`, tags: ["trl"] }] : [{ id: "Qwen/Qwen3-0.6B", tags: [] }, { id: "HuggingFaceTB/SmolLM2-135M-Instruct", tags: [] }]));
      app.get("/api/models/:owner/:name", (context) => context.json({ id: `${context.req.param("owner")}/${context.req.param("name")}`, siblings: [{ rfilename: "adapter_config.json", size: 7 }, { rfilename: "adapter_model.safetensors", size: 7 }, { rfilename: "checkpoint/README.md" }] }));
      app.get("/:owner/:name/resolve/main/*", (context) => context.redirect(`${origin}/signed/weights?signature=abc`, 302));
    },
    routeOpen(app) {
      app.put("/lfs/:oid", async (context) => {
        store.set(context.req.param("oid"), await context.req.text());
        return context.body(null, 200);
      });
      app.put("/lfs/:oid/:part", async (context) => {
        const part = Number(context.req.param("part"));
        parts.get(context.req.param("oid"))?.set(part, await context.req.text());
        return context.body(null, 200, { etag: `"etag-${part}"` });
      });
      app.get("/weights", (context) => context.body("weights"));
    },
  });
  origin = server.origin;

  function finish(id: string, end: "succeeded" | "failed" = "succeeded"): void {
    const job = jobs.find((each) => each["id"] === id);
    if (!job) throw new Error(`The fake has no job ${id}.`);
    const startedAt = moment();
    say(id, "Installed 60 packages in 12s");
    if (end === "failed") {
      tell(id, { type: "error", message: "OutOfMemoryError: CUDA out of memory" });
      return void Object.assign(job, { startedAt, finishedAt: moment(), status: { stage: "ERROR", message: "Job failed with exit code 1" }, durations: { schedulingSecs: 5, runningSecs: 60, totalSecs: 65 } });
    }
    tell(id, { type: "plan", total_steps: 2, message: "Training begins" });
    for (const step of [1, 2]) tell(id, { type: "metrics", step, total_steps: 2, metrics: { train_loss: 1 / step, learning_rate: 0.0002 } });
    tell(id, { type: "done", message: "Saved" });
    Object.assign(job, { startedAt, finishedAt: moment(), status: { stage: "COMPLETED", message: null }, durations: { schedulingSecs: 5, runningSecs: 360, totalSecs: 365 } });
  }

  return { ...server, user, jobs, logs, files, commits, finish, cutLogsAfter: (lines, times = 1) => void (cuts = { lines, times }) };
}
