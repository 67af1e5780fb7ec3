import OpenAI from "openai";
import type { Download } from "../../jobs/artifact.ts";
import { ProviderError } from "../../jobs/provider.ts";
import { readBaseUrl } from "../http/base-url.ts";
import { toDownload } from "../http/client.ts";
import { readErrorBody } from "../http/error-body.ts";
import { createGuardedFetch, type Authorization } from "../http/guarded-fetch.ts";
import { isStreamed, type StreamedBody } from "../http/multipart.ts";
import { unlessAborted } from "../http/unless-aborted.ts";
import type { Endpoint } from "../service.ts";
import { toProviderError } from "./to-provider-error.ts";

/** Requests whose answers are still to be read. They reject with a ProviderError, or with the signal's reason as soon as it is aborted. */
export interface Client {
  /** Is sent again after a cut connection, a rate limit or a fault of the server. */
  get(path: string, query: Readonly<Record<string, string | number>>, signal: AbortSignal): Promise<unknown>;
  /** Is sent once, whatever happens, unless it is said how often it may be sent again. */
  post(path: string, body: object | StreamedBody | undefined, signal: AbortSignal, options?: PostOptions): Promise<unknown>;
  delete(path: string, signal: AbortSignal): Promise<unknown>;
  /** An answer of any size, to be read by the caller. */
  download(path: string, signal: AbortSignal): Promise<Download>;
}

export interface PostOptions {
  readonly maximumRetries?: number;
  /** In milliseconds, until the answer begins. */
  readonly timeout?: number;
}

/** Makes the client of one endpoint; nothing is sent yet. Throws a ProviderError of the kind `invalid` when base URL or key cannot be used. */
export function createClient(endpoint: Endpoint, authorization: Authorization = "bearer"): Client {
  const url = readBaseUrl(endpoint);
  if (!/^[\x21-\x7e]*$/.test(endpoint.apiKey)) throw new ProviderError("invalid", `The key of ${endpoint.title} has a blank, a line break or another character that no key has. Set it again.`);
  const connection = new Connection({
    baseURL: url.href,
    // Never sent: the guarded fetch sets the header. The SDK demands one.
    apiKey: "none",
    // What is not given here would be taken from the environment.
    adminAPIKey: null, organization: null, project: null, webhookSecret: null, logLevel: "off",
    maxRetries: 2,
    fetch: createGuardedFetch(url.origin, endpoint.apiKey, authorization, endpoint.sent),
  });
  const send = async <Answer>(request: (signal: AbortSignal) => Promise<Answer>, signal: AbortSignal): Promise<Answer> => {
    try {
      // The SDK never takes its listener away; on a signal of its own it is gone with the request.
      return await unlessAborted(() => request(AbortSignal.any([signal])), signal);
    } catch (error) {
      signal.throwIfAborted();
      throw toProviderError(error, endpoint);
    }
  };
  return {
    get: (path, query, signal) => send((own) => whole(() => connection.get<unknown>(path, { query, signal: own })), signal),
    post: (path, body, signal, { maximumRetries = 0, timeout } = {}) => send((own) => connection.post<unknown>(path, {
      ...(body === undefined ? {} : isStreamed(body) ? { body: body.open(), headers: { "content-type": body.contentType, "content-length": String(body.length) } } : { body }),
      signal: own, maxRetries: maximumRetries, ...(timeout === undefined ? {} : { timeout }),
    }), signal),
    delete: (path, signal) => send((own) => connection.delete<unknown>(path, { signal: own }), signal),
    download: (path, signal) => send(async (own) => toDownload(await connection.get(path, { signal: own }).asResponse(), endpoint, signal), signal),
  };
}

/** An answer that is cut in the middle of its body is a TypeError of fetch, after which the SDK does not ask again. */
async function whole<Answer>(request: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof TypeError) || tries === 2) throw error;
    }
  }
}

/** The SDK keeps only `error` of a refusal's body, which is empty for servers that put their words elsewhere. */
class Connection extends OpenAI {
  protected override makeStatusError(status: number, body: object | undefined, message: string | undefined, headers: Headers) {
    return super.makeStatusError(status, { error: readErrorBody(body) }, message, headers);
  }
}
