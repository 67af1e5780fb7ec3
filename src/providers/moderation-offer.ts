import type { ModerationOffer } from "../evaluation/moderation/moderation-model.ts";
import { findKind, kindOf } from "./index.ts";

/** What is known of the moderation of a service of the settings without asking it; undefined where it has none, as the local engine and the models of the editor, which have no address. */
export function moderationOfferOf({ kind, baseURL }: { readonly kind?: string; readonly baseURL?: string }): ModerationOffer | undefined {
  if (baseURL === undefined || !URL.canParse(baseURL)) return undefined;
  return (findKind(kind ?? "") ?? kindOf(baseURL)).moderation?.({ baseURL });
}
