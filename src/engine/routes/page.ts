import type { Context } from "hono";
import { ApiError } from "../api-error.ts";

export interface PageLimits {
  /** How many items a page has that is not asked for another number. */
  readonly usual: number;
  readonly most: number;
}

/**
 * One page of a list: at most `limit` items behind the one that `after` names. More than the most are given as the most.
 * Throws an ApiError when `limit` is no number from 1, or `after` names nothing: to begin anew would page for ever.
 */
export function page<Item extends { readonly id: string }>(context: Context, items: readonly Item[], { usual, most }: PageLimits): { readonly data: readonly Item[]; readonly has_more: boolean } {
  const asked = context.req.query("limit");
  if (asked !== undefined && !/^0*[1-9]\d*$/.test(asked)) throw new ApiError(400, `'limit' is ${asked.slice(0, 40) || "empty"}; expected a whole number from 1 to ${most}.`, null, "limit");
  const limit = Math.min(Number(asked ?? usual), most);
  const after = context.req.query("after");
  const before = after ? items.findIndex(({ id }) => id === after) : -1;
  if (after && before < 0) throw new ApiError(400, `'after' is ${after.slice(0, 80)}; expected the id of an item of this list.`, null, "after");
  const data = items.slice(before + 1, before + 1 + limit);
  return { data, has_more: before + 1 + limit < items.length };
}
