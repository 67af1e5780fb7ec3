import OpenAI from "openai";
import { ProviderError } from "../../jobs/provider.ts";
import type { Endpoint } from "../service.ts";
import { readBaseUrl } from "../http/base-url.ts";
import { readErrorBody } from "../http/error-body.ts";
import { createGuardedFetch } from "../http/guarded-fetch.ts";
import { unlessAborted } from "../http/unless-aborted.ts";
import { toProviderError } from "./to-provider-error.ts";

/** Requests whose answers are still to be read. They reject with a ProviderError, or with the signal's reason as soon as it is aborted. */
export interface Client {
  /** Is sent again after a cut connection, a rate limit or a fault of the server. */
  get(path: string, query: Readonly<Record<string, string | number>>, signal: AbortSignal): Promise<unknown>;
  /** Is sent once, whatever happens, unless it is said how often it may be sent again. */
  post(path: string, body: object | undefined, signal: AbortSignal, options?: PostOptions): Promise<unknown>;
}

export interface PostOptions {
  readonly maximumRetries?: number;
  /** In milliseconds, until the answer begins. */
  readonly timeout?: number;
}

/** Makes the client of one endpoint; nothing is sent yet. Throws a ProviderError of the kind `invalid` when base URL or key cannot be used. */
export function createClient(endpoint: Endpoint): Client {
  const url = readBaseUrl(endpoint);
  if (!/^[\x21-\x7e]*$/.test(endpoint.apiKey)) throw new ProviderError("invalid", `The key of ${endpoint.title} has a blank, a line break or another character that no key has. Set it again.`);
  const connection = new Connection({
    baseURL: url.href,
    // Never sent: the guarded fetch sets the header. The SDK demands one.
    apiKey: "none",
    // What is not given here would be taken from the environment.
    adminAPIKey: null, organization: null, project: null, webhookSecret: null, logLevel: "off",
    maxRetries: 2,
    fetch: createGuardedFetch(url.origin, endpoint.apiKey),
  });
  const send = async (request: () => Promise<unknown>, signal: AbortSignal): Promise<unknown> => {
    try {
      return await unlessAborted(request, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw toProviderError(error, endpoint);
    }
  };
  return {
    get: (path, query, signal) => send(() => connection.get<unknown>(path, { query, signal }), signal),
    post: (path, body, signal, { maximumRetries = 0, timeout } = {}) => send(() => connection.post<unknown>(path, {
      ...(body ? { body } : {}), signal, maxRetries: maximumRetries, ...(timeout === undefined ? {} : { timeout }),
    }), signal),
  };
}

/** The SDK keeps only `error` of a refusal's body, which is empty for servers that put their words elsewhere. */
class Connection extends OpenAI {
  protected override makeStatusError(status: number, body: object | undefined, message: string | undefined, headers: Headers) {
    return super.makeStatusError(status, { error: readErrorBody(body) }, message, headers);
  }
}
