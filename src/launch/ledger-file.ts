import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import * as z from "zod";
import type { Launch, Ledger } from "../jobs/launch.ts";

const file = z.object({ path: z.string(), sha256: z.string(), records: z.number() });
const request = z.object({
  model: z.string(), suffix: z.string().optional(), seed: z.number().optional(), method: z.enum(["sft", "dpo", "rft"]).optional(),
  hyperparameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])), grader: z.record(z.string(), z.json()).optional(),
  integrations: z.array(z.object({ type: z.literal("wandb"), project: z.string(), name: z.string().optional(), entity: z.string().optional(), tags: z.array(z.string()).optional() })).optional(),
  compute: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
const failure = z.object({
  code: z.string().optional(), message: z.string(), file: z.enum(["training", "validation"]), changed: z.literal(true).optional(),
  lines: z.array(z.object({ line: z.number(), sha256: z.string(), byteLength: z.number(), words: z.string() })),
});
const tokens = z.object({ least: z.number(), most: z.number() });
const origin = z.object({
  root: z.string(), content: z.record(z.string(), z.json()), tokens: z.object({ training: tokens, validation: tokens.optional() }).optional(), versions: z.record(z.string(), z.string()),
});
const launch = z.object({
  id: z.string(), provider: z.string(), createdAt: z.number(), changedAt: z.number(), dataset: file, validation: file.optional(), splitFrom: z.string().optional(), request,
  launchFile: z.string().optional(), test: z.string().optional(),
  step: z.enum(["intended", "uploaded", "requested", "created", "ended", "refused"]),
  trainingFile: z.string().optional(), validationFile: z.string().optional(), job: z.string().optional(), reason: z.string().optional(),
  failure: failure.optional().catch(undefined), origin: origin.optional().catch(undefined),
});

const ending = ".launch.json";

/** The ledger in a folder, one file a launch. A file that cannot be read, of another version say, is passed over and left alone. */
export function openLedger(folder: string): Ledger {
  return {
    async list() {
      const names = await readdir(folder).catch(() => [] as string[]);
      const read = await Promise.all(names.filter((name) => name.endsWith(ending)).map(async (name) => readLaunch(await readFile(join(folder, name), "utf8"))));
      return read.flat().sort((a, b) => b.createdAt - a.createdAt);
    },
    async save(changed) {
      await mkdir(folder, { recursive: true });
      await writeFileAtomic(join(folder, `${changed.id}${ending}`), `${JSON.stringify(changed, null, 2)}\n`);
    },
  };
}

function readLaunch(text: string): Launch[] {
  try {
    const read = launch.safeParse(JSON.parse(text));
    // The schema and the type say the same; only an absent property and an undefined one differ, and JSON has no undefined.
    return read.success ? [read.data as Launch] : [];
  } catch {
    return [];
  }
}
