import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { ApiError } from "./api-error.ts";
import type { Environment } from "./environment/environment.ts";
import { requireReady } from "./environment/require-ready.ts";
import type { Store } from "./store.ts";

export const baseModelId = "smollm2-135m-instruct";

/** The models that there are and where they lie. */
export interface Models {
  list(): readonly { readonly id: string; readonly created: number; readonly owned_by: string }[];
  /** A base model's folder, or the Hugging Face id as it is. Throws an ApiError when it can be neither. */
  base(id: string): string;
  /** Base and adapter of any model. Throws an ApiError with status 404 when there is none of that name. */
  find(id: string): { readonly base: string; readonly adapter?: string };
}

export function createModels(store: Pick<Store, "jobs">, environment: Pick<Environment, "ready">): Models {
  function base(id: string): string {
    if (id === baseModelId) return requireReady(environment).baseModel;
    if (isAbsolute(id)) {
      if (!existsSync(join(id, "config.json"))) throw new ApiError(400, `${id} is no model folder: it has no config.json.`, "invalid_model", "model");
      return id;
    }
    if (/^[\w.-]+\/[\w.-]+$/.test(id)) return id;
    throw new ApiError(404, `The model ${id} does not exist. There are ${baseModelId}, any absolute path of a model folder, and any Hugging Face id such as owner/name.`, "model_not_found", "model");
  }
  return {
    base,
    list: () => [
      { id: baseModelId, created: 0, owned_by: "local" },
      ...store.jobs().flatMap(({ fine_tuned_model: id, finished_at: created }) => (id ? [{ id, created: created ?? 0, owned_by: "local" }] : [])),
    ],
    find(id) {
      for (const job of store.jobs()) {
        if (job.fine_tuned_model === id && job.adapter) return { base: base(job.model), adapter: job.adapter };
        const checkpoint = job.checkpoints.find(({ model }) => model === id);
        if (checkpoint) return { base: base(job.model), adapter: checkpoint.folder };
      }
      return { base: base(id) };
    },
  };
}
