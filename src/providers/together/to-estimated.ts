import * as z from "zod";
import type { PriceEstimate } from "../../jobs/price.ts";
import { given } from "../wire/given.ts";

const count = z.number().optional().catch(undefined);
const estimate = z.object({ estimated_total_price: count, allowed_to_proceed: z.boolean().optional().catch(undefined), user_limit: count, estimated_train_token_count: count, estimated_eval_token_count: count });

/** Reads an estimate, in dollars; undefined for what is none. Source: Together's specification, `POST /fine-tunes/estimate-price`. */
export function toEstimated(answer: unknown): PriceEstimate | undefined {
  const read = estimate.safeParse(answer);
  if (!read.success) return undefined;
  const { estimated_total_price: price, allowed_to_proceed: allowed, user_limit: limit, estimated_train_token_count: trainTokens, estimated_eval_token_count: validationTokens } = read.data;
  const dollars = (amount: number | undefined) => (amount === undefined ? undefined : { amount, currency: "USD" });
  return given({ price: dollars(price), allowed, limit: dollars(limit), trainTokens, validationTokens });
}
