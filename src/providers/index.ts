import { ProviderError } from "../jobs/provider.ts";
import { fireworks } from "./fireworks/kind.ts";
import { huggingFaceJobs } from "./huggingface-jobs/kind.ts";
import { openAi } from "./openai/kind.ts";
import { together } from "./together/kind.ts";
import type { Endpoint, Service, ServiceKind } from "./service.ts";

export type { Endpoint, Service, ServiceKind } from "./service.ts";

/** Every kind of service. A new one is a folder beside this file and a line here. The first takes every address that no other owns. */
export const serviceKinds: readonly ServiceKind[] = [
  openAi,
  together,
  fireworks,
  huggingFaceJobs,
];

/** The kind of this id; undefined for one that is not known. */
export function findKind(id: string): ServiceKind | undefined {
  return serviceKinds.find((kind) => kind.id === id);
}

/** The kind of a base URL, by its host. */
export function kindOf(baseURL: string): ServiceKind {
  const hostname = URL.canParse(baseURL) ? new URL(baseURL).hostname : "";
  return serviceKinds.find((kind) => kind.owns(hostname)) ?? openAi;
}

/** Opens a service; nothing is sent yet. Rejects with a ProviderError of the kind `invalid` when there is no such kind, or the base URL or the key cannot be used. */
export async function openService(endpoint: Endpoint): Promise<Service> {
  const kind = findKind(endpoint.kind);
  if (!kind) throw new ProviderError("invalid", `${endpoint.title} is said to be "${endpoint.kind}", and there is no such provider. There are ${serviceKinds.map(({ id }) => id).join(", ")}.`);
  return kind.open(endpoint);
}
