import { openService } from "./index.ts";
import type { Endpoint, Service } from "./service.ts";

/**
 * Opens services and keeps them: one that is asked for again with the same address and key is the same, so that what it has learnt of the account is not
 * asked for with every list. Another key or address opens it anew.
 */
export function keepOpen(): (endpoint: Endpoint) => Promise<Service> {
  const kept = new Map<string, { readonly endpoint: Endpoint; readonly service: Promise<Service> }>();
  return (endpoint) => {
    const known = kept.get(endpoint.id);
    if (known && same(known.endpoint, endpoint)) return known.service;
    const service = openService(endpoint);
    kept.set(endpoint.id, { endpoint, service });
    service.catch(() => kept.delete(endpoint.id));
    return service;
  };
}

function same(one: Endpoint, other: Endpoint): boolean {
  return one.kind === other.kind && one.baseURL === other.baseURL && one.apiKey === other.apiKey && one.account === other.account && one.dialect === other.dialect && one.title === other.title;
}
