import { APIConnectionError, APIConnectionTimeoutError, APIError } from "openai";
import { ProviderError } from "../../jobs/provider.ts";
import { toConnectionError } from "../http/connection-error.ts";
import { readErrorBody } from "../http/error-body.ts";
import { toRefusal } from "../http/refusal.ts";
import { say } from "../http/say.ts";
import type { Endpoint } from "../service.ts";
import { explainTrainingNotAvailable, trainingNotAvailable } from "./training-not-available.ts";

/** Turns whatever the SDK throws into the error that crosses the port. The server's own words stay in it as they came, but for keys. */
export function toProviderError(error: unknown, endpoint: Endpoint): ProviderError {
  if (error instanceof ProviderError) return error;
  // The SDK's error is not kept as the cause: it holds the server's words with whatever key they repeat.
  if (error instanceof APIError && error.status !== undefined) return refusal(error, error.status, endpoint);
  if (error instanceof APIConnectionTimeoutError) return say(endpoint, "unreachable", `Cannot reach ${endpoint.title} at ${endpoint.baseURL}: it does not answer in time. Try again.`);
  // What the SDK says of a connection tells less than its cause.
  return toConnectionError(endpoint, error instanceof APIConnectionError ? (error.cause ?? new TypeError(error.message)) : error);
}

function refusal(error: APIError, status: number, endpoint: Endpoint): ProviderError {
  const { message, code } = readErrorBody({ error: error.error });
  // Where the body has no words of its own, the SDK's message is the status with the body's text behind it.
  const words = message ?? error.message.replace(/^\d+ (status code \(no body\)|\{\}$)?/, "");
  if (status === 403 && code === trainingNotAvailable) return say(endpoint, "training-not-available", explainTrainingNotAvailable(endpoint.title), words);
  return toRefusal(endpoint, { status, headers: error.headers, words, ...(code === undefined ? {} : { code }) });
}
