import type { Download } from "../../jobs/artifact.ts";
import { ProviderError } from "../../jobs/provider.ts";
import type { Endpoint } from "../service.ts";
import { isLoopback } from "./base-url.ts";
import { toDownload } from "./client.ts";
import { toConnectionError } from "./connection-error.ts";
import type { StreamedBody } from "./multipart.ts";
import { toRefusal } from "./refusal.ts";
import { say } from "./say.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** Transfers to and from addresses that a service has signed: they admit by themselves, belong to another party, and get no key. */
export interface SignedTransfers {
  /** Is sent once; doing it again is harmless, since an address takes one content. Gives the answer's headers. */
  put(url: string, body: StreamedBody, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Headers>;
  get(url: string, signal: AbortSignal): Promise<Download>;
}

/** So long a part of a file may take, in milliseconds. */
const putTimeout = 2 * 60 * 60 * 1000;

/** Makes them for a service. They reject with a ProviderError, or with the signal's reason. */
export function createSignedTransfers(endpoint: Endpoint): SignedTransfers {
  function address(text: string): URL {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    // A service on this machine may have its store there too; any other has it behind an encrypted address.
    const trusted = url && (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname) && isLoopback(new URL(endpoint.baseURL).hostname)));
    if (!trusted) throw say(endpoint, "unexpected", `${endpoint.title} names an address for the transfer that is not encrypted${url ? ` (at ${url.host})` : ""}. Nothing was sent there.`);
    return url;
  }

  /** Without the store's own words, which may repeat the signed address. */
  function refuse({ status, headers }: Response): ProviderError {
    if (status === 429 || status >= 500 || status < 400) return toRefusal({ ...endpoint, title: `The store of ${endpoint.title}` }, { status, headers, words: "" });
    return say(endpoint, "not-found", `The address that ${endpoint.title} gave for the transfer is no longer valid (HTTP ${status}). Begin it again.`);
  }

  async function request(url: URL, init: RequestInit, signal: AbortSignal): Promise<Response> {
    return unlessAborted(async () => {
      try {
        const response = await globalThis.fetch(url, init);
        if (!response.ok) throw refuse(response);
        return response;
      } catch (error) {
        signal.throwIfAborted();
        throw error instanceof ProviderError ? error : toConnectionError({ ...endpoint, title: `the store of ${endpoint.title}`, baseURL: url.origin }, error);
      }
    }, signal);
  }

  return {
    async put(text, body, headers, signal) {
      // `duplex` is what fetch demands for a streamed body; its type does not know it. Without "error" it would keep a copy of all that it sends.
      const init = { method: "PUT", body: body.open(), headers: { ...headers, "content-length": String(body.length) }, duplex: "half", redirect: "error", signal: AbortSignal.any([signal, AbortSignal.timeout(putTimeout)]) };
      const response = await request(address(text), init as RequestInit, signal);
      await response.body?.cancel();
      return response.headers;
    },
    async get(text, signal) {
      return toDownload(await request(address(text), { signal: AbortSignal.any([signal]) }, signal), endpoint, signal);
    },
  };
}
