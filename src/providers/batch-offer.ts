import type { BatchOffer } from "../evaluation/batch/batch-offer.ts";
import { findKind, kindOf } from "./index.ts";

/** What is known of the batches of a service of the settings without asking it; undefined where it answers none, as the local engine and the models of the editor, which have no address. */
export function batchOfferOf({ kind, baseURL }: { readonly kind?: string; readonly baseURL?: string }): BatchOffer | undefined {
  if (baseURL === undefined || !URL.canParse(baseURL)) return undefined;
  return (findKind(kind ?? "") ?? kindOf(baseURL)).batches?.({ baseURL });
}

/** A service with whether it may answer batches, as checks of plans want to know it. */
export function withBatches<Named extends { readonly kind?: string; readonly baseURL?: string }>(service: Named): Named & { readonly batches: boolean } {
  return { ...service, batches: batchOfferOf(service) !== undefined };
}
