import type { Candidate } from "../evaluation/run.ts";
import type { Service } from "../providers/service.ts";
import { openBatchLedger } from "./batch-ledger.ts";

/** What lets a candidate be asked by batch, where that is wanted. Throws an Error for the user when its service answers none. */
export function batchOf({ service, model, batch }: { readonly service: string; readonly model: string; readonly batch?: boolean | undefined }, { batches }: Pick<Service, "batches">, root: string): Pick<Candidate, "batch"> {
  if (batch !== true) return {};
  if (!batches) throw new Error(`${service} answers no batches. Without one, ${model} is asked one by one.`);
  return { batch: { batches: batches(model), ledger: openBatchLedger(root) } };
}
