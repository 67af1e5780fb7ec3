import { setTimeout } from "node:timers/promises";
import { ProviderError } from "../../jobs/provider.ts";
import type { Download } from "../../jobs/artifact.ts";
import type { Endpoint } from "../service.ts";
import { readBaseUrl } from "./base-url.ts";
import { toConnectionError } from "./connection-error.ts";
import { readErrorBody } from "./error-body.ts";
import { createGuardedFetch, longestWait } from "./guarded-fetch.ts";
import { isStreamed, type StreamedBody } from "./multipart.ts";
import { toRefusal, type Refusal } from "./refusal.ts";
import { retryAfter } from "./retry-after.ts";
import { unlessAborted } from "./unless-aborted.ts";

export type Query = Readonly<Record<string, string | number | undefined>>;

/**
 * Requests to one service whose answers are still to be read. They reject with a ProviderError, or with the signal's reason as soon as it is aborted.
 * Paths begin with a slash and are taken from the base URL.
 */
export interface HttpClient {
  /** Is sent again after a cut connection, a rate limit or a fault of the server. */
  get(path: string, query: Query, signal: AbortSignal): Promise<unknown>;
  /** The same with the answer's headers. */
  getAnswer(path: string, query: Query, signal: AbortSignal): Promise<Answer>;
  /** Is sent once, whatever happens, unless it is said how often it may be sent again. A body is JSON unless it is a form. */
  post(path: string, body: object | StreamedBody | undefined, signal: AbortSignal, options?: SendOptions): Promise<unknown>;
  /** Any other method, and what a POST needs of its answer's headers. */
  send(method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body: object | StreamedBody | undefined, signal: AbortSignal, options?: SendOptions): Promise<Answer>;
  /** An answer of any size, to be read by the caller; or the address that it lies at, where the service sends on to a store. */
  download(path: string, query: Query, signal: AbortSignal): Promise<Download | { readonly location: string }>;
  /** An answer that does not end by itself, as a stream of server-sent events. It has no time limit; `headers` are those that it began with. */
  stream(path: string, query: Query, signal: AbortSignal): Promise<{ readonly headers: Headers; readonly content: AsyncIterable<Uint8Array> }>;
}

export interface SendOptions {
  readonly query?: Query;
  readonly maximumRetries?: number;
  /** In milliseconds, until the answer has arrived. */
  readonly timeout?: number;
  /** The type of the answer; JSON where it is left out. */
  readonly accept?: string;
  /** Statuses besides success that are no refusal: a redirect that tells where to go on, say. */
  readonly expected?: readonly number[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** JSON where it is JSON, else text. */
  readonly body: unknown;
}

const usualTimeout = 60_000;
/** Answers that send on to another address. */
const redirects: readonly number[] = [301, 302, 303, 307, 308];
/** Reads are tried so many times more. */
const readRetries = 2;
/** Milliseconds before the second attempt; it doubles with each. */
const firstPause = 500;

/** Makes the client of one endpoint; nothing is sent yet. Throws a ProviderError of the kind `invalid` when base URL or key cannot be used. */
export function createHttpClient(endpoint: Endpoint): HttpClient {
  const base = readBaseUrl(endpoint);
  if (!/^[\x21-\x7e]*$/.test(endpoint.apiKey)) throw new ProviderError("invalid", `The key of ${endpoint.title} has a blank, a line break or another character that no key has. Set it again.`);
  const guarded = createGuardedFetch(base.origin, endpoint.apiKey, "bearer", endpoint.sent);

  function address(path: string, query: Query): URL {
    const url = new URL(base.href.replace(/\/$/, "") + path);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
    return url;
  }

  async function once(url: URL, init: RequestInit, expected: readonly number[]): Promise<Response> {
    const response = await guarded(url, init);
    if (response.ok || expected.includes(response.status)) return response;
    const text = await response.text();
    const { message, code } = readErrorBody(parse(text));
    const refusal: Refusal = { status: response.status, headers: response.headers, words: message ?? text.trim(), ...(code === undefined ? {} : { code }) };
    throw new Refused(toRefusal(endpoint, refusal), mayRetry(response));
  }

  /** Sends, and sends again where that is allowed and may help. `read` takes what the answer holds, within the time limit. */
  async function attempt<Value>(init: () => RequestInit, url: URL, read: (response: Response) => Promise<Value> | Value, signal: AbortSignal, { maximumRetries = 0, timeout = usualTimeout, expected = [] }: SendOptions): Promise<Value> {
    return unlessAborted(async () => {
      for (let tries = 0; ; tries += 1) {
        try {
          const limited = Number.isFinite(timeout) ? AbortSignal.any([signal, AbortSignal.timeout(timeout)]) : signal;
          return await read(await once(url, { ...init(), signal: limited }, expected));
        } catch (error) {
          signal.throwIfAborted();
          if (error instanceof ProviderError) throw error;
          const failure = error instanceof Refused ? error.failure : toConnectionError(endpoint, error);
          const again = error instanceof Refused ? error.again : failure.kind === "unreachable";
          if (!again || tries >= maximumRetries) throw failure;
          await setTimeout(failure.retryAfter ?? firstPause * 2 ** tries * (1 + Math.random() / 4), undefined, { signal });
        }
      }
    }, signal);
  }

  const headersOf = (body: object | StreamedBody | undefined, accept = "application/json"): RequestInit => {
    if (body === undefined) return { headers: { accept } };
    if (!isStreamed(body)) return { headers: { accept, "content-type": "application/json" }, body: JSON.stringify(body) };
    // `duplex` is what fetch demands for a streamed body; its type does not know it.
    return { headers: { accept, "content-type": body.contentType, "content-length": String(body.length) }, body: body.open(), duplex: "half" } as RequestInit;
  };

  const send: HttpClient["send"] = (method, path, body, signal, options = {}) => attempt(() => ({ method, ...headersOf(body, options.accept) }), address(path, options.query ?? {}), toAnswer, signal, options);
  const getAnswer: HttpClient["getAnswer"] = (path, query, signal) => attempt(() => headersOf(undefined), address(path, query), toAnswer, signal, { maximumRetries: readRetries });

  return {
    get: async (path, query, signal) => (await getAnswer(path, query, signal)).body,
    getAnswer,
    post: async (path, body, signal, options) => (await send("POST", path, body, signal, options)).body,
    send,
    async download(path, query, signal) {
      // The time limit would end a transfer of gigabytes; the caller's signal ends it.
      const url = address(path, query);
      const response = await attempt(() => ({ headers: { accept: "*/*" } }), url, (answer) => answer, signal, { timeout: Infinity, maximumRetries: readRetries, expected: redirects });
      if (!redirects.includes(response.status)) return toDownload(response, endpoint, signal);
      await response.body?.cancel();
      const location = response.headers.get("location") ?? "";
      if (location === "" || !URL.canParse(location, url.href)) throw toRefusal(endpoint, { status: response.status, headers: response.headers, words: "" });
      return { location: new URL(location, url).href };
    },
    async stream(path, query, signal) {
      const response = await attempt(() => ({ headers: { accept: "text/event-stream" } }), address(path, query), (answer) => answer, signal, { timeout: Infinity });
      return { headers: response.headers, content: toDownload(response, endpoint, signal).content };
    },
  };
}

/** The body of an answer as a download. */
export function toDownload(response: Response, endpoint: Endpoint, signal: AbortSignal): Download {
  const length = Number(response.headers.get("content-length") ?? Number.NaN);
  // What is unpacked on the way has another length than what is announced.
  const known = Number.isSafeInteger(length) && !response.headers.has("content-encoding");
  return { ...(known ? { bytes: length } : {}), content: read(response.body, endpoint, signal) };
}

async function* read(body: ReadableStream<Uint8Array> | null, endpoint: Endpoint, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    if (body) yield* body;
  } catch (error) {
    signal.throwIfAborted();
    throw toConnectionError(endpoint, error);
  }
}

async function toAnswer(response: Response): Promise<Answer> {
  return { status: response.status, headers: response.headers, body: parse(await response.text()) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A refusal on its way to whoever decides whether to send again. */
class Refused extends Error {
  readonly failure: ProviderError;
  readonly again: boolean;

  constructor(failure: ProviderError, again: boolean) {
    super(failure.message);
    this.failure = failure;
    this.again = again;
  }
}

function mayRetry({ status, headers }: Response): boolean {
  return (status === 408 || status === 429 || status >= 500) && (retryAfter(headers, Date.now()) ?? 0) <= longestWait;
}
