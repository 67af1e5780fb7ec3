import { appendFile, mkdir, open, readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as z from "zod";
import type { ChatAnswer } from "../evaluation/model.ts";
import type { AnswerStore } from "../evaluation/run.ts";

const suffix = ".answers.jsonl";

const heading = z.object({
  evaluation: z.object({ startedAt: z.string(), testFile: z.string(), provider: z.string(), base: z.string(), tuned: z.string(), job: z.string().optional() }),
});
const answer = z.object({ key: z.string(), text: z.string(), finishReason: z.string() });

/** What an unfinished evaluation was started with; the test file as reports name it. */
export type Heading = z.infer<typeof heading>["evaluation"];

/** Answers on disk, one a line, below a line that says which evaluation they belong to. */
export interface AnswerFile extends AnswerStore {
  readonly answered: number;
  /** Removes the file: the evaluation is complete and its answers are in the report. */
  remove(): Promise<void>;
}

/** Opens or begins the answers of one evaluation. When this resolves, the evaluation is on disk and would be found again after a crash. */
export async function openAnswerFile(folder: string, id: string, begun: Heading): Promise<AnswerFile> {
  const path = join(folder, `${id}${suffix}`);
  await mkdir(folder, { recursive: true });
  const text = await readFile(path, "utf8").catch(ifMissing(undefined));
  if (text === undefined) await appendSynced(path, `${JSON.stringify({ evaluation: begun } satisfies z.infer<typeof heading>)}\n`);
  // A crash may have cut the last line; the next answer must not be glued to it.
  else if (!text.endsWith("\n")) await appendFile(path, "\n");
  const answers = new Map((text ?? "").split("\n").flatMap((line) => readLine(answer, line)).map(({ key, ...rest }) => [key, rest] as const));
  let writing: Promise<void> = Promise.resolve();
  return {
    get answered() {
      return answers.size;
    },
    find: (key) => answers.get(key),
    keep(key: string, given: ChatAnswer) {
      answers.set(key, given);
      // One write after the other, so that lines never mix.
      writing = writing.then(() => appendFile(path, `${JSON.stringify({ key, text: given.text, finishReason: given.finishReason })}\n`));
      return writing;
    },
    remove: () => rm(path, { force: true }),
  };
}

/** The evaluations that were begun in this folder and not completed, the latest first. */
export async function listUnfinished(folder: string): Promise<readonly (Heading & { readonly answered: number })[]> {
  const names = await readdir(folder).catch(ifMissing<string[]>([]));
  const found = await Promise.all(names.filter((name) => name.endsWith(suffix)).map(async (name) => {
    const lines = (await readFile(join(folder, name), "utf8").catch(ifMissing(""))).split("\n");
    return readLine(heading, lines[0] ?? "").map(({ evaluation }) => ({ ...evaluation, answered: lines.slice(1).flatMap((line) => readLine(answer, line)).length }));
  }));
  return found.flat().sort((a, b) => b.startedAt.localeCompare(a.startedAt));
}

/** A line that is not what it should be, cut by a crash say, counts as not written. */
function readLine<Schema extends z.ZodType>(schema: Schema, line: string): z.infer<Schema>[] {
  try {
    const read = schema.safeParse(JSON.parse(line));
    return read.success ? [read.data] : [];
  } catch {
    return [];
  }
}

async function appendSynced(path: string, text: string): Promise<void> {
  await appendFile(path, text, { flush: true });
  // The file's own entry in the folder must last too; Windows cannot open a folder, and needs it not.
  if (process.platform === "win32") return;
  const folder = await open(dirname(path), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function ifMissing<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if ((error as { code?: unknown }).code === "ENOENT") return value;
    throw error;
  };
}
