import * as vscode from "vscode";
import { ProviderError } from "../../jobs/provider.ts";
import type { LocalEngine } from "../../launch/local-engine.ts";
import { localId } from "../../launch/local-id.ts";
import { keepOpen } from "../../providers/keep-open.ts";
import type { Service } from "../../providers/service.ts";
import type { Credentials, KeyPlace } from "../credentials.ts";
import { readEndpoints } from "../settings.ts";

/** A service as the user sees it, before anything is asked of it. */
export interface NamedService {
  readonly id: string;
  readonly title: string;
  /** The id of its kind, and its address: where its key belongs. Undefined for the local engine, which needs none. */
  readonly kind?: string;
  readonly baseURL?: string;
  /** Which of the names that one key opens; the first where it is left out. */
  readonly account?: string;
  /** Milliseconds between two lists of its jobs. */
  readonly pauses: { readonly active: number; readonly idle: number };
}

/** The services that fine-tune: the local engine and the endpoints of the settings. */
export interface Services {
  list(): readonly NamedService[];
  find(id: string): NamedService | undefined;
  /** The local engine is started when it does not run. Rejects with a ProviderError, whose kind is `unauthorised` without a key, or with an Error for the user when the engine does not start. */
  open(id: string, signal: AbortSignal): Promise<Service>;
  /** How many requests were sent to a service since the window opened; to the local engine none counts. */
  requests(id: string): number;
  /** The same as `open`, but undefined for a local engine that was never used: to ask it for its jobs is no reason to start it. */
  openIfUsed(id: string, signal: AbortSignal): Promise<Service | undefined>;
}

const local: NamedService = { id: localId, title: "Local Engine", pauses: { active: 2000, idle: 60_000 } };
const remotePauses = { active: 10_000, idle: 300_000 };

export function createServices({ engine, credentials }: { engine: LocalEngine; credentials: Credentials }): Services {
  const list = (): readonly NamedService[] => [local, ...readEndpoints().map(({ name, kind, baseURL, account }): NamedService => (
    { id: name, title: name, kind, baseURL, pauses: remotePauses, ...(account === undefined ? {} : { account }) }
  ))];
  const openService = keepOpen();
  const requests = new Map<string, number>();
  const find = (id: string): NamedService | undefined => list().find((service) => service.id === id);

  async function open(id: string, signal: AbortSignal): Promise<Service> {
    requireTrust();
    const named = find(id);
    if (!named) throw new ProviderError("not-found", `There is no service "${id}". The setting tunesmith.endpoints names ${list().map(({ title }) => title).join(", ")}.`);
    const { title, account } = named;
    if (!isKeyed(named)) {
      const { baseURL, token } = await engine.address(signal);
      return openService({ id, title, kind: "openai", dialect: "local-engine", baseURL, apiKey: token });
    }
    const { kind, baseURL } = named;
    const apiKey = (await credentials.find(named)) ?? (isLoopback(baseURL) ? "" : undefined);
    if (apiKey === undefined) throw new ProviderError("unauthorised", `${title} needs an API key, and none is stored for ${new URL(baseURL).origin}.`);
    return openService({ id, title, kind, baseURL, apiKey, sent: () => void requests.set(id, (requests.get(id) ?? 0) + 1), ...(account === undefined ? {} : { account }) });
  }

  return { list, find, open, requests: (id) => requests.get(id) ?? 0, openIfUsed: async (id, signal) => (id === localId && !engine.wasUsed() ? undefined : open(id, signal)) };
}

/** A service that takes a key. */
export type KeyedService = NamedService & KeyPlace;

export function isKeyed(service: NamedService): service is KeyedService {
  return service.kind !== undefined && service.baseURL !== undefined;
}

/** A server on this machine may take no key. */
function isLoopback(baseURL: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(baseURL).hostname);
}

function requireTrust(): void {
  if (!vscode.workspace.isTrusted) throw new ProviderError("forbidden", "Nothing is sent or started in a workspace that you have not trusted.");
}
