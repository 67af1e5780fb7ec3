import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as z from "zod";
import type { JudgementStore } from "../evaluation/moderation/moderate.ts";
import type { Judgement } from "../evaluation/moderation/moderation-model.ts";

const line = z.object({ key: z.string(), flagged: z.array(z.object({ category: z.string(), score: z.number() })) });

/** The judgements of moderation models that the folder `root` keeps, by what was judged and without its text: a rerun sends only what has changed. */
export async function openJudgements(root: string): Promise<JudgementStore> {
  const path = join(root, ".tunesmith", "moderation.jsonl");
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if ((error as { code?: unknown }).code === "ENOENT") return "";
    throw error;
  });
  const kept = new Map<string, Judgement>(text.split("\n").flatMap(readLine).map(({ key, flagged }) => [key, { flagged }] as const));
  let writing: Promise<void> = mkdir(dirname(path), { recursive: true }).then(() => undefined);
  // A crash may have cut the last line; the next must not be glued to it.
  let glue = text === "" || text.endsWith("\n") ? "" : "\n";
  return {
    find: (key) => kept.get(key),
    keep(key, judgement) {
      kept.set(key, judgement);
      const written = `${glue}${JSON.stringify({ key, flagged: judgement.flagged })}\n`;
      glue = "";
      // One write after the other, so that lines never mix.
      return (writing = writing.then(() => appendFile(path, written)));
    },
  };
}

/** A line that is not what it should be, cut by a crash say, counts as not written. */
function readLine(text: string): z.infer<typeof line>[] {
  try {
    return [line.parse(JSON.parse(text))];
  } catch {
    return [];
  }
}
