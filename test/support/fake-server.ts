import type { IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono, type Context } from "hono";

export type Values = Record<string, unknown>;
export type Environment = { Bindings: HttpBindings };

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

/** What every fake of a service has. */
export interface FakeServer {
  readonly origin: string;
  readonly baseURL: string;
  readonly key: string;
  readonly received: readonly Received[];
  /** Answers the next request of this kind, or as many as are said, by a fault. A kind is a method and a path, or a pattern of both. */
  misbehave(act: string | RegExp, fault: Fault, times?: number): void;
  times(act: string | RegExp): number;
  /** Rejects with what the fake itself did against its specification. */
  close(): Promise<void>;
}

export interface FakeServerOptions {
  readonly basePath: string;
  readonly key: string;
  /** Whether a request bears the key; `Bearer KEY` where it is left out. */
  readonly admits?: (headers: Readonly<Record<string, string>>) => boolean;
  /** The answer to a request without the key. */
  unauthorised(context: Context<Environment>): Response;
  /** Adds the routes; their paths begin after the base path. */
  route(app: Hono<Environment>): void;
  /** Paths, from the root, that want no key: what a signed address leads to. */
  readonly open?: string;
  /** Adds the routes without a key; their paths begin after `open`. */
  routeOpen?(app: Hono<Environment>): void;
  /** Takes the connections that are to speak another protocol, such as WebSocket. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** A real server on loopback whose regular behaviour is in its routes, and which can be made to misbehave. */
export async function startFakeServer({ basePath, key, admits = (headers) => headers["authorization"] === `Bearer ${key}`, unauthorised, route, open, routeOpen, upgrade }: FakeServerOptions): Promise<FakeServer> {
  const deviations: unknown[] = [];
  const faults: { readonly act: string | RegExp; readonly fault: Fault; times: number }[] = [];
  const received: Received[] = [];
  const root = new Hono<Environment>();
  const fits = (act: string, asked: string | RegExp): boolean => (typeof asked === "string" ? act === asked : asked.test(act));

  const watch = async (context: Context<Environment>, next: () => Promise<void>, act: string, wantsKey: boolean): Promise<Response | undefined> => {
    const isJson = context.req.header("content-type")?.startsWith("application/json") ?? false;
    const text = isJson ? await context.req.text() : "";
    received.push({ act, query: context.req.query(), headers: context.req.header(), ...(text === "" ? {} : { body: JSON.parse(text) as Values }) });
    if (wantsKey && !admits(context.req.header())) return unauthorised(context);
    const waiting = faults.find((each) => fits(act, each.act) && each.times > 0);
    if (!waiting) return void (await next());
    waiting.times -= 1;
    // What the fault gives replaces a regular answer that it had made, and perhaps read, before.
    context.res = await waiting.fault(context, async () => {
      await next();
      const made = context.res;
      context.res = undefined;
      return made;
    });
    return undefined;
  };
  const onError = (error: Error, context: Context): Response => {
    // A client that gives up in the middle of a body is no fault of the fake.
    if (error.message !== "aborted") deviations.push(error);
    return context.json({ error: { message: error.message, type: "server_error", param: null, code: null } }, 500);
  };

  const app = new Hono<Environment>();
  app.use((context, next) => watch(context, next, `${context.req.method} ${context.req.path.slice(basePath.length)}`, true));
  app.onError(onError);
  route(app);
  if (open !== undefined && routeOpen) {
    const aside = new Hono<Environment>();
    aside.use((context, next) => watch(context, next, `${context.req.method} ${context.req.path}`, false));
    aside.onError(onError);
    routeOpen(aside);
    root.route(open, aside);
  }
  root.route(basePath === "" ? "/" : basePath, app);

  const server = createAdaptorServer({ fetch: root.fetch });
  if (upgrade) server.on("upgrade", upgrade);
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin, baseURL: `${origin}${basePath}`, key, received,
    misbehave: (act, fault, times = 1) => void faults.push({ act, fault, times }),
    times: (act) => received.filter((each) => fits(each.act, act)).length,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      if (deviations.length > 0) throw new AggregateError(deviations, `The fake went against its specification: ${String(deviations[0])}`);
    },
  };
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

/** Begins the regular answer and cuts the connection in the middle of its body. */
export const cutHalfway: Fault = async (context, regular) => {
  const text = await (await regular()).text();
  const { outgoing } = context.env;
  outgoing.writeHead(200, { "content-type": "application/json", "content-length": text.length });
  // Cut before the server's frame gets to write anything behind it.
  await new Promise<void>((resolve) => outgoing.write(text.slice(0, Math.floor(text.length / 2)), () => resolve()));
  outgoing.destroy();
  return RESPONSE_ALREADY_SENT;
};

/** Refuses with a status and OpenAI's body of an error, which Together sends too. */
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
