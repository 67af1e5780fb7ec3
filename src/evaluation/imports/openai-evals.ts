import * as z from "zod";
import type { WrittenMetric } from "../metrics/index.ts";
import { recordOf, type Imported } from "./imported.ts";

const messages = z.array(z.object({ role: z.string(), content: z.string() })).min(1);
const sample = z.object({ input: z.union([z.string().min(1).transform((content) => [{ role: "user", content }]), messages]), ideal: z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)]) });
const entry = z.object({ class: z.string(), args: z.object({ samples_jsonl: z.string() }) });

/** What an entry of OpenAI Evals' registry says: the file with its samples, as it is written there, and what counts as right. */
export interface RegistryEntry {
  readonly name: string;
  readonly samples: string;
  readonly metric: WrittenMetric;
}

/** The classes that need no model and no program; `Match` wants the answer to begin with the ideal one. Source: github.com/openai/evals, evals/elsuite/basic. */
const classes: readonly (readonly [string, string])[] = [[":Match", "starts-with"], [":Includes", "contains"], [":FuzzyMatch", "normalised-match"], [":JsonMatch", "json-match"], [":JsonValidator", "json-valid"]];

/** The first entry of a registry file that has samples; says why it cannot be taken over; undefined where the value is no registry. */
export function readRegistry(value: unknown): RegistryEntry | { readonly reason: string } | undefined {
  const entries = z.record(z.string(), z.unknown()).safeParse(value);
  if (!entries.success) return undefined;
  for (const [name, each] of Object.entries(entries.data)) {
    const read = entry.safeParse(each);
    if (!read.success) continue;
    const metric = classes.find(([ending]) => read.data.class.endsWith(ending))?.[1];
    return metric === undefined ? { reason: `${name} is judged by ${read.data.class}, which is a program or a model. Expected is one of ${classes.map(([ending]) => ending.slice(1)).join(", ")}.` } : { name, samples: read.data.args.samples_jsonl, metric };
  }
  return undefined;
}

/** Samples of OpenAI Evals, one on each line: `{"input", "ideal"}`. Undefined where the first line is none. One with several ideal answers is left out: a record has one. */
export function readSamples(text: string, metric: WrittenMetric): Imported | undefined {
  const left: string[] = [];
  let first = true;
  let none = false;
  const refuse = (index: number, reason: string): never[] => {
    left.push(`line ${index + 1}: ${reason}`);
    return [];
  };
  const lines = text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === "") return [];
    const read = sample.safeParse(parsed(line));
    if (first && !read.success) none = true;
    first = false;
    if (!read.success) return refuse(index, 'it is no sample with "input" and "ideal"');
    const [ideal = "", ...others] = read.data.ideal;
    if (others.length > 0) return refuse(index, "it has several ideal answers");
    return [recordOf(read.data.input, ideal)];
  });
  return none || first ? undefined : { lines, metrics: [metric], candidates: [], left };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
