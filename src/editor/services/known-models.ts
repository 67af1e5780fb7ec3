import * as vscode from "vscode";
import type { KnownService } from "../../jobs/launch-file/problem.ts";
import type { ProviderModel } from "../../jobs/provider.ts";
import { knownServices } from "../../launch/known-services.ts";
import type { Services } from "./services.ts";

/** The services of the settings, with the models that those listed which have been asked. */
export interface KnownModels {
  services(): Promise<readonly KnownService[]>;
  /** What a service listed, be it one that can be tuned at or one that only answers. */
  listed(service: string): readonly ProviderModel[] | undefined;
  /** Asks a service for its models, once in a while and never without trust. A service that does not answer is as if it were not asked. */
  ask(service: string): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
  readonly disposable: vscode.Disposable;
}

/** A list of models is good for so long, in milliseconds; one that did not come is asked for again sooner. */
const freshness = { listed: 10 * 60_000, failed: 60_000 };
const patience = 15_000;

export function createKnownModels(services: Services): KnownModels {
  const listed = new Map<string, { readonly models?: readonly ProviderModel[]; readonly at: number }>();
  const asking = new Map<string, Promise<void>>();
  const changed = new vscode.EventEmitter<void>();

  async function list(id: string): Promise<void> {
    const signal = AbortSignal.timeout(patience);
    try {
      const models = await (await services.openIfUsed(id, signal))?.provider.listModels?.(signal);
      listed.set(id, { ...(models ? { models } : {}), at: Date.now() });
    } catch {
      listed.set(id, { ...listed.get(id), at: Date.now() });
    }
    changed.fire();
  }

  return {
    onDidChange: changed.event,
    disposable: changed,
    services: async () => (await knownServices(services.list())).map((service) => {
      const models = listed.get(service.id)?.models;
      return models ? { ...service, models } : service;
    }),
    listed: (id) => listed.get(id)?.models,
    async ask(id) {
      if (!vscode.workspace.isTrusted || !services.find(id)) return;
      const last = listed.get(id);
      if (last && Date.now() - last.at < (last.models ? freshness.listed : freshness.failed)) return;
      const under = asking.get(id) ?? list(id).finally(() => asking.delete(id));
      asking.set(id, under);
      await under;
    },
  };
}
