import * as vscode from "vscode";
import { ProviderError } from "../../jobs/provider.ts";
import type { Service } from "../../providers/service.ts";
import type { Credentials } from "../credentials.ts";
import { localId } from "../../launch/local-id.ts";
import type { LocalEngine } from "../../launch/local-engine.ts";
import { readEndpoints } from "../settings.ts";

/** A service as the user sees it, before anything is asked of it. */
export interface NamedService {
  readonly id: string;
  readonly title: string;
  /** Where its key belongs; undefined for the local engine, which needs none. */
  readonly baseURL?: string;
  /** Milliseconds between two lists of its jobs. */
  readonly pauses: { readonly active: number; readonly idle: number };
}

/** The services that fine-tune: the local engine and the endpoints of the settings. */
export interface Services {
  list(): readonly NamedService[];
  find(id: string): NamedService | undefined;
  /** The local engine is started when it does not run. Rejects with a ProviderError, whose kind is `unauthorised` without a key, or with an Error for the user when the engine does not start. */
  open(id: string, signal: AbortSignal): Promise<Service>;
  /** The same, but undefined for a local engine that was never used: to ask it for its jobs is no reason to start it. */
  openIfUsed(id: string, signal: AbortSignal): Promise<Service | undefined>;
}


const local: NamedService = { id: localId, title: "Local Engine", pauses: { active: 2000, idle: 60_000 } };
const remotePauses = { active: 10_000, idle: 300_000 };

export function createServices({ engine, credentials }: { engine: LocalEngine; credentials: Credentials }): Services {
  const list = (): readonly NamedService[] => [local, ...readEndpoints().map(({ name, baseURL }) => ({ id: name, title: name, baseURL, pauses: remotePauses }))];
  const find = (id: string): NamedService | undefined => list().find((service) => service.id === id);

  async function open(id: string, signal: AbortSignal): Promise<Service> {
    requireTrust();
    const { openService } = await import("../../providers/index.ts");
    const named = find(id);
    if (!named) throw new ProviderError("not-found", `There is no service "${id}". The setting tunesmith.endpoints names ${list().map(({ title }) => title).join(", ")}.`);
    if (named.baseURL === undefined) {
      const { baseURL, token } = await engine.address(signal);
      return openService({ id, title: named.title, kind: "openai", dialect: "local-engine", baseURL, apiKey: token });
    }
    const apiKey = (await credentials.find(named.baseURL)) ?? (isLoopback(named.baseURL) ? "" : undefined);
    if (apiKey === undefined) throw new ProviderError("unauthorised", `${named.title} needs an API key, and none is stored for ${new URL(named.baseURL).origin}.`);
    return openService({ id, title: named.title, kind: "openai", baseURL: named.baseURL, apiKey });
  }

  return { list, find, open, openIfUsed: async (id, signal) => (id === localId && !engine.wasUsed() ? undefined : open(id, signal)) };
}

/** A server on this machine may take no key. */
function isLoopback(baseURL: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(baseURL).hostname);
}

function requireTrust(): void {
  if (!vscode.workspace.isTrusted) throw new ProviderError("forbidden", "Nothing is sent or started in a workspace that you have not trusted.");
}
