import { timingSafeEqual } from "node:crypto";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import type { AddressInfo } from "node:net";
import { ApiError } from "./api-error.ts";
import type { ChatProcess } from "./chat-process.ts";
import { errorCode } from "./error-code.ts";
import type { Clusters } from "./executors/clusters.ts";
import type { Models } from "./models.ts";
import { newId } from "./new-id.ts";
import { chatRoutes } from "./routes/chat.ts";
import { clusterRoutes } from "./routes/clusters.ts";
import { fileRoutes } from "./routes/files.ts";
import { jobRoutes } from "./routes/jobs.ts";
import { modelFileRoutes } from "./routes/model-files.ts";
import { modelRoutes } from "./routes/models.ts";
import { scoreRoutes } from "./routes/scores.ts";
import type { Store } from "./store.ts";
import type { TrainingQueue } from "./training-queue.ts";

export interface ServerDependencies {
  readonly token: string;
  readonly store: Store;
  readonly queue: TrainingQueue;
  readonly models: Models;
  readonly clusters: Clusters;
  /** Throws an ApiError while local training is not set up. */
  readonly chat: () => ChatProcess;
  /** Is told of every request. */
  readonly touched: () => void;
}

/** Only programs on this machine that name it as such: a page that a browser was tricked to send here names another host (DNS rebinding). */
const hosts = /^(127\.0\.0\.1|localhost|\[::1\]):\d+$/;

/** The routes of OpenAI's API that the engine speaks, and its own, each behind the Host check and the token. */
export function createApplication({ token, store, queue, models, clusters, chat, touched }: ServerDependencies): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    touched();
    context.header("x-request-id", newId("req_"));
    if (!hosts.test(context.req.header("host") ?? "")) throw new ApiError(403, "This address is for programs on this machine only.", "wrong_host");
    if (!isToken(context.req.header("authorization") ?? "", token)) throw new ApiError(401, "Incorrect API key provided. The engine printed its token when it started.", "invalid_api_key");
    await next();
  });
  app.route("/v1/files", fileRoutes(store));
  app.route("/v1/fine_tuning/jobs", jobRoutes({ store, queue, checkModel: (model) => void models.base(model), findCluster: clusters.find }));
  app.route("/v1/clusters", clusterRoutes(clusters));
  app.route("/v1/chat/completions", chatRoutes(models, chat));
  app.route("/v1/scores", scoreRoutes(store, models, chat));
  app.route("/v1/models", modelFileRoutes(models));
  app.route("/v1/models", modelRoutes(models));
  app.notFound((context) => context.json(new ApiError(404, `Unknown request URL: ${context.req.method} ${context.req.path}.`, "unknown_url").toJson(), 404));
  app.onError((error, context) => {
    const refusal = error instanceof ApiError ? error : new ApiError(500, error.message, errorCode(error) ?? null);
    return context.json(refusal.toJson(), refusal.status);
  });
  return app;
}

/** Listens on loopback; port 0 takes a free one. Rejects with an Error written for the user when it cannot, most often because the port is taken. */
export function listen(app: Hono, port: number): Promise<{ readonly port: number; close(): void }> {
  const server = createAdaptorServer({ fetch: app.fetch });
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "is in use by another program" : `cannot be listened on (${error.message})`;
      reject(new Error(`Port ${port} ${reason}. Choose another one, or 0 for a free one.`));
    });
    server.listen(port, "127.0.0.1", () => resolve({ port: (server.address() as AddressInfo).port, close: () => void server.close() }));
  });
}

function isToken(header: string, token: string): boolean {
  const given = Buffer.from(header);
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
