import type { ProviderError } from "../../jobs/provider.ts";
import { retryAfter } from "./retry-after.ts";
import { say, type Named } from "./say.ts";

/** An answer that refuses: its status, and what its body says. */
export interface Refusal {
  readonly status: number;
  readonly headers: Headers | undefined;
  /** The server's own words. */
  readonly words: string;
  readonly code?: string;
}

/** The error for an answer whose status is no success. */
export function toRefusal(endpoint: Named, { status, headers, words, code }: Refusal): ProviderError {
  const { title, baseURL } = endpoint;
  switch (status) {
    case 401: return say(endpoint, "unauthorised", `${title} does not accept the API key. Set it again.`, words);
    case 402: return say(endpoint, "forbidden", `The account at ${title} has no credit for this. Add credit, or choose another service.`, words);
    case 403: return say(endpoint, "forbidden", `${title} does not allow this to the API key. Check the key's permissions and the project that it belongs to.`, words);
    case 404: return say(endpoint, "not-found", `${title} does not know what was asked for. It may have been deleted; if nothing is found at all, check the base URL ${baseURL}.`, words);
    case 408: return say(endpoint, "unreachable", `${title} gave up waiting for the request. Try again.`, words);
    case 413: return say(endpoint, "invalid", `${title} does not take this much at once.`, words);
    case 400: case 409: case 412: case 422: return say(endpoint, "invalid", `${title} refuses the request.`, words);
    case 429: return limited(endpoint, headers, words, code);
  }
  if (status >= 300 && status < 400) return say(endpoint, "unexpected", `${title} sends the request on to ${redirectTarget(headers, baseURL)}. It was not followed, because the API key would have gone along; if that is the right address, set it as the base URL.`);
  if (status >= 500) return say(endpoint, "unexpected", `${title} has a fault of its own (HTTP ${status}). Try again later.`, words, { retryAfter: waitOf(headers), passing: true });
  return say(endpoint, "unexpected", `${title} answered with HTTP ${status}, which is not expected here.`, words);
}

function limited(endpoint: Named, headers: Headers | undefined, words: string, code: string | undefined): ProviderError {
  const { title } = endpoint;
  if (code === "insufficient_quota") return say(endpoint, "rate-limited", `The account at ${title} has used up its credit or its limit. Add credit or raise the limit; waiting does not help.`, words);
  const wait = waitOf(headers);
  const seconds = wait === undefined ? undefined : wait / 1000;
  const when = seconds === undefined ? "Try again in a minute." : seconds < 120 ? `Try again in ${Math.ceil(seconds)} seconds.` : `Try again in ${Math.ceil(seconds / 60)} minutes.`;
  return say(endpoint, "rate-limited", `${title} takes no more requests for now. ${when}`, words, { retryAfter: wait, passing: true });
}

/** Milliseconds that an answer asks to wait. */
function waitOf(headers: Headers | undefined): number | undefined {
  const seconds = headers && retryAfter(headers, Date.now());
  return seconds === undefined ? undefined : seconds * 1000;
}

function redirectTarget(headers: Headers | undefined, baseURL: string): string {
  const location = headers?.get("location") ?? "";
  return location !== "" && URL.canParse(location, baseURL) ? new URL(location, baseURL).origin : "another address";
}
