import * as z from "zod";

/** What somebody has said of a record. Entries are only ever added, each reviewer's to a file of their own, so that two people's never conflict when files are merged. */
export type ReviewEntry = z.infer<typeof reviewEntry>;
/** Takes back an entry of the same reviewer. */
export type Withdrawal = z.infer<typeof withdrawal>;
/** What a record was when something was said of it. */
export type Anchor = ReviewEntry["record"];
export type Verdict = NonNullable<ReviewEntry["verdict"]>;

const hash = z.string().regex(/^[0-9a-f]{14}$/);
const signed = { id: z.string().min(1), at: z.string(), by: z.string().min(1) };

const reviewEntry = z.object({
  ...signed,
  record: z.object({
    /** Of its value. */
    hash,
    /** Of all before its last answer, where it asks something. */
    prompt: hash.optional(),
    /** Of the records around it. */
    before: hash.optional(),
    after: hash.optional(),
    /** From 0. */
    line: z.int().nonnegative(),
  }),
  verdict: z.enum(["approved", "rejected"]).optional(),
  text: z.string().optional(),
});
const withdrawal = z.object({ ...signed, withdraws: z.string() });
const written = z.union([withdrawal, reviewEntry]);

/** The entries of some reviewers' files that were not withdrawn, the oldest first, and how many lines cannot be read. */
export function readReviews(texts: readonly string[]): { readonly entries: readonly ReviewEntry[]; readonly unreadable: number } {
  const entries: ReviewEntry[] = [];
  const withdrawn = new Set<string>();
  let unreadable = 0;
  for (const line of texts.flatMap((text) => text.split(/\r?\n/)).filter((each) => each.trim() !== "")) {
    const read = written.safeParse(parsed(line));
    if (!read.success) unreadable++;
    else if ("withdraws" in read.data) withdrawn.add(`${read.data.by}\n${read.data.withdraws}`);
    else entries.push(read.data);
  }
  const left = entries.filter(({ id, by }) => !withdrawn.has(`${by}\n${id}`));
  return { entries: left.sort((a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id)), unreadable };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
