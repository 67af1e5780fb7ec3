import * as z from "zod";

const list = z.object({ data: z.array(z.unknown()).nullable(), has_more: z.boolean().optional().catch(undefined) });
const named = z.object({ id: z.string().min(1) });

/** How many items a page is asked for: the most that OpenAI gives. */
export const pageSize = 100;

/** A page as it came; `next` is the id that asks for the one behind it. */
export interface Page<Item> {
  readonly items: Item[];
  readonly next?: string;
}

/** Reads one page; what `toItem` does not know is passed over. Undefined when the answer is no list. */
export function readPage<Item>(answer: unknown, toItem: (answer: unknown) => Item | undefined): Page<Item> | undefined {
  const read = list.safeParse(answer);
  if (!read.success) return undefined;
  const answers = read.data.data ?? [];
  // Lists of jobs name no last id of their own.
  const last = named.safeParse(answers.at(-1));
  return { items: answers.map(toItem).filter((item) => item !== undefined), ...(read.data.has_more && last.success ? { next: last.data.id } : {}) };
}

/**
 * Reads a list page by page, up to a number of pages. Gives the items in the order in which they came, each id once. Gives undefined when an answer is
 * no list.
 */
export async function listAll<Item extends { readonly id: string }>(ask: (after: string | undefined) => Promise<unknown>, toItem: (answer: unknown) => Item | undefined, mostPages: number): Promise<Item[] | undefined> {
  const items = new Map<string, Item>();
  let after: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const read = readPage(await ask(after), toItem);
    if (!read) return undefined;
    const known = items.size;
    for (const item of read.items) if (!items.has(item.id)) items.set(item.id, item);
    // A server that does not know `after` sends the same page for ever.
    if (read.next === undefined || items.size === known) break;
    after = read.next;
  }
  return [...items.values()];
}
