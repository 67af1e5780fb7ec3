import * as z from "zod";

const list = z.object({ data: z.array(z.unknown()).nullable(), has_more: z.boolean().optional().catch(undefined) });
const named = z.object({ id: z.string().min(1) });

/** How many items a page is asked for: the most that OpenAI gives. */
export const pageSize = 100;

/**
 * Reads a list page by page, each asked for by the id that ended the one before, up to a number of pages. Gives the items in the order in which they
 * came, each id once; what `toItem` does not know is passed over. Gives undefined when an answer is no list.
 */
export async function listAll<Item extends { readonly id: string }>(ask: (after: string | undefined) => Promise<unknown>, toItem: (answer: unknown) => Item | undefined, mostPages: number): Promise<Item[] | undefined> {
  const items = new Map<string, Item>();
  let after: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const read = list.safeParse(await ask(after));
    if (!read.success) return undefined;
    const answers = read.data.data ?? [];
    const known = items.size;
    for (const item of answers.map(toItem)) if (item && !items.has(item.id)) items.set(item.id, item);
    const last = named.safeParse(answers.at(-1));
    // A server that does not know `after` sends the same page for ever.
    if (!read.data.has_more || !last.success || items.size === known) break;
    after = last.data.id;
  }
  return [...items.values()];
}
