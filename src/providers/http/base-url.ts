import { ProviderError } from "../../jobs/provider.ts";
import type { Endpoint } from "../service.ts";

/** Whether a host is this machine. */
export function isLoopback(hostname: string): boolean {
  return loopback.test(hostname);
}

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** The address that requests go to. Throws a ProviderError of the kind `invalid` for one that a key must not be sent to. */
export function readBaseUrl({ title, baseURL }: Pick<Endpoint, "title" | "baseURL">): URL {
  const refuse = (reason: string): ProviderError => new ProviderError("invalid", `The base URL of ${title} cannot be used: ${reason}.`);
  if (!URL.canParse(baseURL)) throw refuse(`"${baseURL}" is not a URL; one looks like https://api.openai.com/v1`);
  const url = new URL(baseURL);
  // The URL is not shown here: what it carries may be a password.
  if (url.username !== "" || url.password !== "") throw refuse("it has a user name or a password in it; keys are stored by the command that sets them");
  if (url.search !== "" || url.hash !== "") throw refuse("it has a query or a fragment; leave out what follows ? or #");
  if (url.protocol === "https:" || (url.protocol === "http:" && loopback.test(url.hostname))) return url;
  throw refuse(url.protocol === "http:" ? `${baseURL} is not encrypted, and anyone on the way could read the key; use https:, or http: on this machine only` : `it begins with ${url.protocol} where https: is expected`);
}
