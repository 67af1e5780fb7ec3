import type { ProviderError } from "../../jobs/provider.ts";
import { say, type Named } from "./say.ts";

/** What the system calls the ways in which a connection fails. */
const failures: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there. Start it, or check the base URL",
  ENOTFOUND: "there is no such name. Check the base URL and your connection",
  EAI_AGAIN: "its name could not be looked up. Check your connection",
  ECONNRESET: "the connection was cut. Try again",
  EPIPE: "the connection was cut. Try again",
  UND_ERR_SOCKET: "the connection was cut. Try again",
  ETIMEDOUT: "it does not answer in time. Try again",
  UND_ERR_CONNECT_TIMEOUT: "it does not answer in time. Try again",
  UND_ERR_HEADERS_TIMEOUT: "it does not answer in time. Try again",
  UND_ERR_BODY_TIMEOUT: "its answer stopped halfway. Try again",
  ENETUNREACH: "there is no way to its network. Check your connection",
  EHOSTUNREACH: "there is no way to it. Check your connection",
};

/** The error for a request that got no answer, or half of one, by what was thrown. */
export function toConnectionError(endpoint: Named, error: unknown): ProviderError {
  const { title, baseURL } = endpoint;
  const unreachable = (reason: string, words = ""): ProviderError => say(endpoint, "unreachable", `Cannot reach ${title} at ${baseURL}: ${reason}.`, words);
  const chain = causes(error);
  if (chain.some(({ name }) => name === "TimeoutError" || name === "APIConnectionTimeoutError")) return unreachable("it does not answer in time. Try again");
  if (chain.some(({ name }) => name === "NotReadableError")) return say(endpoint, "invalid", "The file was changed or removed while it was being sent. Start again once it stays as it is.");
  if (chain.some(({ message }) => message === "unexpected redirect")) return say(endpoint, "unexpected", `${title} sends the file on to another address. It was not followed, because the API key would have gone along; check the base URL ${baseURL}.`);
  const code = chain.map((each) => each.code).findLast((each) => typeof each === "string");
  if (code !== undefined && Object.hasOwn(failures, code)) return unreachable(failures[code] ?? code);
  if (code !== undefined && /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(code)) return unreachable(`its certificate is not trusted (${code}). Check the base URL, and whether a proxy on the way needs a certificate that this machine does not have`);
  // A body that is cut is a TypeError of fetch itself.
  if (error instanceof TypeError || chain.some(({ name, cause }) => name === "TypeError" || cause instanceof TypeError)) return unreachable("the connection failed. Try again", chain.at(-1)?.message);
  if (error instanceof SyntaxError) return say(endpoint, "unexpected", `${title} answered with something that is not JSON. Check the base URL ${baseURL}.`, error.message);
  return say(endpoint, "unexpected", `The request to ${title} failed.`, error instanceof Error ? error.message : String(error));
}

function causes(error: unknown): (Error & { code?: string })[] {
  const chain: Error[] = [];
  for (let next = error; next instanceof Error && !chain.includes(next); next = next.cause) chain.push(next);
  return chain;
}
