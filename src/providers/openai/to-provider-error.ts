import { APIConnectionError, APIConnectionTimeoutError, APIError } from "openai";
import { ProviderError, type ProviderErrorKind } from "../../jobs/provider.ts";
import type { Endpoint } from "../service.ts";
import { readErrorBody } from "./error-body.ts";
import { redact } from "./redact.ts";
import { retryAfter } from "./retry-after.ts";
import { explainTrainingNotAvailable, trainingNotAvailable } from "./training-not-available.ts";

/** The most that a message keeps of the server's own words. */
const mostWords = 500;

/** Turns whatever the SDK throws into the error that crosses the port. The server's own words stay in it as they came, but for keys. */
export function toProviderError(error: unknown, endpoint: Endpoint): ProviderError {
  if (error instanceof ProviderError) return error;
  // The SDK's error is not kept as the cause: it holds the server's words with whatever key they repeat.
  const say = (kind: ProviderErrorKind, sentence: string, words = ""): ProviderError => new ProviderError(kind, redact(sentence, endpoint.apiKey) + quote(words, endpoint));
  if (error instanceof APIError && error.status !== undefined) return refusal(error, error.status, endpoint, say);
  return say(...describeConnection(error, endpoint));
}

type Say = (kind: ProviderErrorKind, sentence: string, words?: string) => ProviderError;

function refusal(error: APIError, status: number, { title, baseURL }: Endpoint, say: Say): ProviderError {
  const { message, code } = readErrorBody({ error: error.error });
  // Where the body has no words of its own, the SDK's message is the status with the body's text behind it.
  const words = message ?? error.message.replace(/^\d+ (status code \(no body\)|\{\}$)?/, "");
  switch (status) {
    case 401: return say("unauthorised", `${title} does not accept the API key. Set it again.`, words);
    case 403: return code === trainingNotAvailable
      ? say("training-not-available", explainTrainingNotAvailable(title), words)
      : say("forbidden", `${title} does not allow this to the API key. Check the key's permissions and the project that it belongs to.`, words);
    case 404: return say("not-found", `${title} does not know what was asked for. It may have been deleted; if nothing is found at all, check the base URL ${baseURL}.`, words);
    case 408: return say("unreachable", `${title} gave up waiting for the request. Try again.`, words);
    case 413: return say("invalid", `${title} does not take this much at once.`, words);
    case 400: case 409: case 422: return say("invalid", `${title} refuses the request.`, words);
    case 429: return say("rate-limited", code === "insufficient_quota" ? `The account at ${title} has used up its credit or its limit. Add credit or raise the limit; waiting does not help.` : `${title} takes no more requests for now. ${whenAgain(error.headers)}`, words);
  }
  if (status >= 300 && status < 400) return say("unexpected", `${title} sends the request on to ${redirectTarget(error.headers, baseURL)}. It was not followed, because the API key would have gone along; if that is the right address, set it as the base URL.`);
  if (status >= 500) return say("unexpected", `${title} has a fault of its own (HTTP ${status}). Try again later.`, words);
  return say("unexpected", `${title} answered with HTTP ${status}, which is not expected here.`, words);
}

function whenAgain(headers: Headers | undefined): string {
  const seconds = headers && retryAfter(headers, Date.now());
  if (seconds === undefined) return "Try again in a minute.";
  return seconds < 120 ? `Try again in ${Math.ceil(seconds)} seconds.` : `Try again in ${Math.ceil(seconds / 60)} minutes.`;
}

function redirectTarget(headers: Headers | undefined, baseURL: string): string {
  const location = headers?.get("location") ?? "";
  return location !== "" && URL.canParse(location, baseURL) ? new URL(location, baseURL).origin : "another address";
}

/** What the system calls the ways in which a connection fails. */
const failures: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there. Start it, or check the base URL",
  ENOTFOUND: "there is no such name. Check the base URL and your connection",
  EAI_AGAIN: "its name could not be looked up. Check your connection",
  ECONNRESET: "the connection was cut. Try again",
  UND_ERR_SOCKET: "the connection was cut. Try again",
  ETIMEDOUT: "it does not answer in time. Try again",
  UND_ERR_CONNECT_TIMEOUT: "it does not answer in time. Try again",
  UND_ERR_HEADERS_TIMEOUT: "it does not answer in time. Try again",
  UND_ERR_BODY_TIMEOUT: "its answer stopped halfway. Try again",
  ENETUNREACH: "there is no way to its network. Check your connection",
  EHOSTUNREACH: "there is no way to it. Check your connection",
};

function describeConnection(error: unknown, { title, baseURL }: Endpoint): [ProviderErrorKind, string, string?] {
  const unreachable = (reason: string, words = ""): [ProviderErrorKind, string, string?] => ["unreachable", `Cannot reach ${title} at ${baseURL}: ${reason}.`, words];
  if (error instanceof APIConnectionTimeoutError) return unreachable("it does not answer in time. Try again");
  const chain = causes(error);
  if (chain.some(({ name }) => name === "NotReadableError")) return ["invalid", "The file was changed or removed while it was being sent. Start again once it stays as it is."];
  if (chain.some(({ message }) => message === "unexpected redirect")) return ["unexpected", `${title} sends the file on to another address. It was not followed, because the API key would have gone along; check the base URL ${baseURL}.`];
  const code = chain.map((each) => each.code).findLast((each) => typeof each === "string");
  if (code !== undefined && Object.hasOwn(failures, code)) return unreachable(failures[code] ?? code);
  if (code !== undefined && /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(code)) return unreachable(`its certificate is not trusted (${code}). Check the base URL, and whether a proxy on the way needs a certificate that this machine does not have`);
  // A body that is cut is a TypeError of fetch itself, which the SDK lets through.
  if (error instanceof APIConnectionError || error instanceof TypeError) return unreachable("the connection failed. Try again", chain.at(-1)?.message);
  if (error instanceof SyntaxError) return ["unexpected", `${title} answered with something that is not JSON. Check the base URL ${baseURL}.`, error.message];
  return ["unexpected", `The request to ${title} failed.`, error instanceof Error ? error.message : String(error)];
}

function causes(error: unknown): (Error & { code?: string })[] {
  const chain: Error[] = [];
  for (let next = error; next instanceof Error && !chain.includes(next); next = next.cause) chain.push(next);
  return chain;
}

function quote(words: string, { title, apiKey }: Endpoint): string {
  const clean = redact(words, apiKey).trim();
  if (clean === "") return "";
  return ` ${title} says: ${clean.length > mostWords ? `${clean.slice(0, mostWords)}…` : clean}`;
}
