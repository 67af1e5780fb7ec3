import { openOpenAi } from "./openai/open.ts";
import type { Endpoint, Service } from "./service.ts";

export type { Endpoint, Service } from "./service.ts";

/** Every kind of service. A new one is a folder beside this file and a line here. */
const kinds: Readonly<Record<Endpoint["kind"], (endpoint: Endpoint) => Service>> = {
  openai: openOpenAi,
};

/** Opens a service; nothing is sent yet. Throws a ProviderError of the kind `invalid` when the base URL or the key cannot be used. */
export function openService(endpoint: Endpoint): Service {
  return kinds[endpoint.kind](endpoint);
}
