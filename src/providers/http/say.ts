import { ProviderError, type ProviderErrorKind } from "../../jobs/provider.ts";
import type { Endpoint } from "../service.ts";
import { redact } from "./redact.ts";

/** The most that a message keeps of the server's own words. */
const mostWords = 500;

/** What an error of a service needs to know of it. */
export type Named = Pick<Endpoint, "title" | "baseURL" | "apiKey">;

/** An error in a sentence for the user, with the server's own words behind it; keys are taken out of both. `retryAfter` is in milliseconds; who is not reached now may be later. */
export function say(endpoint: Named, kind: ProviderErrorKind, sentence: string, words = "", { retryAfter, passing = kind === "unreachable" }: { readonly retryAfter?: number | undefined; readonly passing?: boolean } = {}): ProviderError {
  return new ProviderError(kind, redact(sentence, endpoint.apiKey) + quote(words, endpoint), { ...(retryAfter === undefined ? {} : { retryAfter }), passing });
}

function quote(words: string, { title, apiKey }: Named): string {
  const clean = redact(words, apiKey).trim();
  if (clean === "") return "";
  return ` ${title} says: ${clean.length > mostWords ? `${clean.slice(0, mostWords)}…` : clean}`;
}
