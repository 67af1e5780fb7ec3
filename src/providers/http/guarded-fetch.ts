import { retryAfter } from "./retry-after.ts";

/** A wait longer than this, in seconds, is the user's to decide on, not one to sit out in silence. */
export const longestWait = 60;

/** The header that carries a key. */
export type Authorization = "bearer" | "api-key";

/** Headers that a request may have besides the key; what an SDK finds in the environment or tells of this machine stays here. */
const passed = ["accept", "content-type", "content-length"] as const;

/**
 * The fetch that requests leave with: to one origin, with one key, and with no header besides what the request needs. It follows no redirect:
 * the key would go along. The answer to one comes back as it is, but for a streamed body, whose redirect rejects. `sent` is told of each request as it leaves.
 */
export function createGuardedFetch(origin: string, apiKey: string, authorization: Authorization = "bearer", sent: () => void = () => undefined): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== origin) throw new Error(`A request to ${url.origin} was stopped: the key belongs to ${origin}.`);
    const prepared = new Headers(init?.headers);
    const headers = new Headers({ "user-agent": "Tunesmith" });
    for (const name of passed) {
      const value = prepared.get(name);
      if (value !== null) headers.set(name, value);
    }
    if (apiKey !== "") headers.set(authorization === "bearer" ? "authorization" : "api-key", authorization === "bearer" ? `Bearer ${apiKey}` : apiKey);
    // To be able to follow, fetch keeps a copy of all that it has sent; with "error" it keeps none, and a file passes through in pieces.
    const isLarge = init?.body instanceof FormData || init?.body instanceof ReadableStream;
    sent();
    // Looked up at each call, because VS Code replaces it with one that knows the user's proxy.
    const response = await globalThis.fetch(url, { ...init, headers, redirect: isLarge ? "error" : "manual" });
    return (retryAfter(response.headers, Date.now()) ?? 0) > longestWait ? withoutRetry(response) : response;
  };
}

function withoutRetry({ body, status, statusText, headers: given }: Response): Response {
  const headers = new Headers(given);
  headers.set("x-should-retry", "false");
  return new Response(body, { status, statusText, headers });
}
