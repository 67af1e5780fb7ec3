import { retryAfter } from "./retry-after.ts";

/** A wait longer than this is the user's to decide on, not one to sit out in silence. */
const longestWait = 60;

/**
 * The fetch that the SDK sends with: to one origin, with one key, and with no header besides what the request needs. It follows no redirect:
 * the key would go along. The answer to one comes back as it is and is an error to the SDK.
 */
export function createGuardedFetch(origin: string, apiKey: string): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== origin) throw new Error(`A request to ${url.origin} was stopped: the key belongs to ${origin}.`);
    // The SDK adds what it finds in the environment (OPENAI_CUSTOM_HEADERS) and what it tells of this machine; neither is for every service.
    const prepared = new Headers(init?.headers);
    const headers = new Headers({ "user-agent": "Tunesmith" });
    for (const name of ["accept", "content-type"]) {
      const value = prepared.get(name);
      if (value !== null) headers.set(name, value);
    }
    if (apiKey !== "") headers.set("authorization", `Bearer ${apiKey}`);
    // To be able to follow, fetch keeps a copy of all that it has sent; with "error" it keeps none, and a file passes through in pieces.
    const isForm = init?.body instanceof FormData;
    // Looked up at each call, because VS Code replaces it with one that knows the user's proxy.
    const response = await globalThis.fetch(url, { ...init, headers, redirect: isForm ? "error" : "manual" });
    return (retryAfter(response.headers, Date.now()) ?? 0) > longestWait ? withoutRetry(response) : response;
  };
}

function withoutRetry({ body, status, statusText, headers: given }: Response): Response {
  const headers = new Headers(given);
  headers.set("x-should-retry", "false");
  return new Response(body, { status, statusText, headers });
}
