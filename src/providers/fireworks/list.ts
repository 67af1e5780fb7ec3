import * as z from "zod";
import type { HttpClient, Query } from "../http/client.ts";
import { unreadable } from "../http/unreadable.ts";
import type { Endpoint } from "../service.ts";

/** A page of a list; `next` asks for the one behind it. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

const envelope = z.record(z.string(), z.unknown());
const answers = z.array(z.unknown());
const token = z.string().min(1).optional().catch(undefined);

/** Reads a page of what lies under `member`; an empty list has no such member. What `toItem` does not know is passed over. Source: Fireworks' SDK, `pagination`. */
export async function listPage<Item>(endpoint: Endpoint, client: HttpClient, path: string, member: string, query: Query, toItem: (answer: unknown) => Item | undefined, signal: AbortSignal): Promise<Page<Item>> {
  const read = envelope.safeParse(await client.get(path, query, signal));
  const list = read.success ? answers.safeParse(read.data[member] ?? []) : undefined;
  if (!read.success || !list?.success) throw unreadable(endpoint, "a list");
  const next = token.parse(read.data["nextPageToken"]);
  return { items: list.data.map(toItem).filter((item) => item !== undefined), ...(next === undefined ? {} : { next }) };
}

/** Reads a list page by page, up to a number of pages. */
export async function listAll<Item>(endpoint: Endpoint, client: HttpClient, path: string, member: string, query: Query, toItem: (answer: unknown) => Item | undefined, mostPages: number, signal: AbortSignal): Promise<Item[]> {
  const items: Item[] = [];
  let pageToken: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await listPage(endpoint, client, path, member, { ...query, pageToken }, toItem, signal);
    items.push(...page.items);
    // A server that does not know the token sends the same page for ever.
    if (page.next === undefined || page.next === pageToken) break;
    pageToken = page.next;
  }
  return items;
}
