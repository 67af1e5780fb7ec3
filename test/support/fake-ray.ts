import { WebSocketServer, type WebSocket } from "ws";
import { startFakeServer, type FakeServer, type Values } from "./fake-server.ts";

/** A submission, whose training the test plays. */
export interface FakeRayJob {
  /** What was posted. */
  readonly submission: Values & { readonly submission_id: string; readonly entrypoint: string; readonly runtime_env: Values & { readonly env_vars: Readonly<Record<string, string>> } };
  status: "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "STOPPED";
  message: string | null;
  errorType: string | null;
  log: string;
  /** Adds to the log. */
  print(text: string): void;
  /** Adds messages as ray_job.py writes them. */
  say(...messages: object[]): void;
  end(status: FakeRayJob["status"], message?: string, errorType?: string): void;
}

export interface FakeRay extends FakeServer {
  /** By submission id. */
  readonly jobs: ReadonlyMap<string, FakeRayJob>;
  /** Names of the packages that were put. */
  readonly packages: ReadonlyMap<string, Buffer>;
  /** Forgets everything, as a restarted cluster does. */
  forget(): void;
  /** Breaks the connections over which logs are followed. */
  cutTails(): void;
  /** Whether logs can be followed; a proxy may let no WebSocket through. */
  allowTails(allow: boolean): void;
  readonly tails: number;
}

/** The entrypoint of a submission that Ray has written anew. */
const ghost = "Entrypoint not found.";

/**
 * A fake of a Ray dashboard's Jobs API, built from Ray's own sources (ray 2.60: `dashboard/modules/job/job_head.py`, `job_manager.py`, `utils.py`,
 * `common.py`, `pydantic_models.py`, `dashboard/optional_utils.py`, `_private/authentication/http_token_authentication.py`). A token is wanted where one is named.
 */
export async function startFakeRay({ token }: { token?: string } = {}): Promise<FakeRay> {
  const jobs = new Map<string, FakeRayJob>();
  const packages = new Map<string, Buffer>();
  const sockets = new Set<{ readonly socket: WebSocket; readonly job: FakeRayJob; sent: number }>();
  const upgrades = new WebSocketServer({ noServer: true });
  const isTerminal = ({ status }: FakeRayJob): boolean => ["SUCCEEDED", "FAILED", "STOPPED"].includes(status);
  let tailsAllowed = true;
  let tails = 0;
  const admits = (headers: Readonly<Record<string, string | string[] | undefined>>): boolean => token === undefined || headers["authorization"] === `Bearer ${token}`;
  const traceback = (error: string): string => `Traceback (most recent call last):\n  File "job_head.py", line 1, in submit_job\n${error}\n`;

  /** Ray reads ten lines or 20,000 characters at a time, each of which is one message. */
  function flush(): void {
    for (const tail of sockets) {
      while (tail.sent < tail.job.log.length) {
        const piece = tail.job.log.slice(tail.sent, tail.sent + 20_000);
        tail.sent += piece.length;
        tail.socket.send(piece);
      }
      if (isTerminal(tail.job)) tail.socket.close();
    }
  }

  function createJob(submission: FakeRayJob["submission"]): FakeRayJob {
    const job: FakeRayJob = {
      submission, status: "PENDING", message: "Job has not started yet.", errorType: null, log: "Runtime env is setting up.\n",
      print(text) {
        job.log += text;
        flush();
      },
      say: (...messages) => job.print(messages.map((message) => `\n${submission.runtime_env.env_vars["TUNESMITH_MARK"]}${JSON.stringify({ at: Date.now() / 1000, ...message })}\n`).join("")),
      end(status, message, errorType) {
        Object.assign(job, { status, message: message ?? null, errorType: errorType ?? null });
        flush();
      },
    };
    return job;
  }

  const server = await startFakeServer({
    basePath: "", key: token ?? "", admits,
    unauthorised: (context) => (context.req.header("authorization") ? context.text("Forbidden: Invalid authentication token", 403) : context.text("Unauthorized: Missing authentication token", 401)),
    route(app) {
      app.use(async (context, next) => {
        const isBrowser = ["sec-fetch-mode", "origin", "referer"].some((name) => context.req.header(name) !== undefined);
        if (isBrowser && context.req.method !== "GET") return context.text(`'${context.req.method}' method not allowed for browser traffic.`, 405);
        return next();
      });
      app.get("/api/version", (context) => context.json({ version: "4", ray_version: "2.60.0", ray_commit: "", session_name: "" }));
      app.get("/api/packages/gcs/:name", (context) => {
        const name = context.req.param("name");
        return packages.has(name) ? context.body("") : context.text(`Package gcs://${name} does not exist`, 404);
      });
      app.put("/api/packages/gcs/:name", async (context) => {
        packages.set(context.req.param("name"), Buffer.from(await context.req.arrayBuffer()));
        return context.body("");
      });
      app.post("/api/jobs/", async (context) => {
        const asked = await context.req.json<FakeRayJob["submission"]>();
        const known = ["entrypoint", "submission_id", "runtime_env", "metadata", "entrypoint_num_cpus", "entrypoint_num_gpus"];
        const strange = Object.keys(asked).find((key) => !known.includes(key));
        if (strange) return context.text(traceback(`TypeError: JobSubmitRequest.__init__() got an unexpected keyword argument '${strange}'`), 400);
        if (Object.values((asked["metadata"] ?? {}) as Values).some((value) => typeof value !== "string")) return context.text(traceback("TypeError: metadata values must be strings"), 400);
        // The head passes on what the agent refuses, as an error of its own.
        if (jobs.has(asked.submission_id)) return context.text(traceback(`RuntimeError: Request failed with status code 400: ValueError: Job with submission_id ${asked.submission_id} already exists. Please use a different submission_id.`), 500);
        jobs.set(asked.submission_id, createJob(asked));
        return context.json({ job_id: asked.submission_id, submission_id: asked.submission_id });
      });
      app.use("/api/jobs/:id/*", async (context, next) => (jobs.has(context.req.param("id")) ? next() : context.text(`Job ${context.req.param("id")} does not exist`, 404)));
      const job = (id: string): FakeRayJob => jobs.get(id) as FakeRayJob;
      app.get("/api/jobs/:id", (context) => {
        const { submission, status, message, errorType } = job(context.req.param("id"));
        return context.json({ type: "SUBMISSION", job_id: null, submission_id: submission.submission_id, driver_info: null, status, message, error_type: errorType, entrypoint: submission.entrypoint, metadata: submission["metadata"], runtime_env: submission.runtime_env, driver_exit_code: null });
      });
      app.get("/api/jobs/:id/logs", (context) => context.json({ logs: job(context.req.param("id")).log }));
      app.post("/api/jobs/:id/stop", (context) => {
        const stopped = job(context.req.param("id"));
        const runs = !isTerminal(stopped);
        if (runs) stopped.end("STOPPED");
        return context.json({ stopped: runs });
      });
      app.delete("/api/jobs/:id", (context) => {
        const id = context.req.param("id");
        if (!isTerminal(job(id))) return context.text(traceback(`RuntimeError: Attempted to delete job '${id}', but it is in a non-terminal state ${job(id).status}.`), 500);
        const deleted = job(id);
        jobs.delete(id);
        // Ray's watch over the submission finds its actor gone, and writes a failure where there is nothing any more.
        if (deleted.submission.entrypoint !== ghost) setTimeout(() => jobs.set(id, { ...createJob({ ...deleted.submission, entrypoint: ghost }), status: "FAILED", errorType: "JOB_SUPERVISOR_ACTOR_DIED" }), 5);
        return context.json({ deleted: true });
      });
    },
    upgrade(request, socket, head) {
      const job = jobs.get(/^\/api\/jobs\/([^/]+)\/logs\/tail$/.exec(request.url ?? "")?.[1] ?? "");
      if (!tailsAllowed || !job || !admits(request.headers)) return void socket.end(`HTTP/1.1 ${tailsAllowed ? "404 Not Found" : "400 Bad Request"}\r\ncontent-length: 0\r\n\r\n`);
      upgrades.handleUpgrade(request, socket, head, (opened) => {
        tails += 1;
        const tail = { socket: opened, job, sent: 0 };
        sockets.add(tail);
        opened.once("close", () => sockets.delete(tail));
        flush();
      });
    },
  });

  return {
    ...server, jobs, packages,
    get tails() {
      return tails;
    },
    forget: () => jobs.clear(),
    cutTails() {
      for (const { socket } of sockets) socket.terminate();
    },
    allowTails(allow) {
      tailsAllowed = allow;
    },
    async close() {
      upgrades.close();
      await server.close();
    },
  };
}
