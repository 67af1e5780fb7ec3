import type { KnownService } from "../jobs/launch-file/problem.ts";
import { localId } from "./local-id.ts";
import { findKind, kindOf } from "../providers/index.ts";

/** A service as the user's settings name it. */
export interface NamedAddress {
  readonly id: string;
  readonly title: string;
  /** Undefined for the engine on this machine, and for models of the editor. */
  readonly baseURL?: string;
  /** The id of its kind, where the address does not tell it. */
  readonly kind?: string;
}

/** What is known of services without asking anybody: what can be chosen there, and what datasets have to be. One whose address cannot be used is left out. */
export async function knownServices(named: readonly NamedAddress[]): Promise<readonly KnownService[]> {
  const known = await Promise.all(named.map(async ({ id, title, baseURL, kind: kindId }): Promise<KnownService[]> => {
    const local = baseURL === undefined;
    // Without an address there are the engine, and what only answers.
    if (local && id !== localId) return [];
    const kind = findKind(kindId ?? "") ?? kindOf(baseURL ?? "");
    const address = { baseURL: baseURL ?? "http://127.0.0.1/v1", ...(local ? { dialect: "local-engine" } : {}) };
    try {
      // Opening sends nothing, and what can be chosen needs no key.
      const { tuning, chatModel } = await kind.open({ id, title, kind: kind.id, ...address, apiKey: "" });
      return [{ id, title, ...(local ? { local } : {}), ...(local || !kind.endings ? {} : { endings: kind.endings(address) }), tuning, likelihoods: chatModel("any").likelihood !== undefined, targets: kind.targets(address) }];
    } catch {
      return [];
    }
  }));
  return known.flat();
}
