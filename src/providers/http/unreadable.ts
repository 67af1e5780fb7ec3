import { ProviderError } from "../../jobs/provider.ts";
import type { Endpoint } from "../service.ts";

/** The error for an answer that came with success and is not what was asked for, such as the page of a proxy's login. */
export function unreadable({ title, baseURL, kind }: Pick<Endpoint, "title" | "baseURL" | "kind">, expected: string): ProviderError {
  const remedy = kind === "openai" ? `Check that ${baseURL} is the base URL of a service that speaks OpenAI's API; most end in /v1.` : `Check that ${baseURL} is its address, and that nothing on the way answers in its place.`;
  return new ProviderError("unexpected", `${title} answered with something else than ${expected}. ${remedy}`);
}
