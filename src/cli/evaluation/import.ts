import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, extname, resolve } from "node:path";
import { parse } from "yaml";
import { isElsewhere } from "../../dataset/file-fact.ts";
import type { Imported } from "../../evaluation/imports/imported.ts";
import { readRegistry, readSamples } from "../../evaluation/imports/openai-evals.ts";
import { readPromptfoo } from "../../evaluation/imports/promptfoo.ts";
import { planFileEnding } from "../../evaluation/plan-file/file-name.ts";
import { attempt } from "../../workers/file-error.ts";
import { writeBeside } from "../../workers/write-beside.ts";
import { exitCode, type ExitCode, type Streams } from "../streams.ts";
import { count } from "../summary.ts";
import { UsageError } from "../target.ts";
import { visible } from "../excerpt.ts";

export interface ImportOptions {
  readonly out: string;
  readonly service: string;
}

/** `tunesmith import-evaluation`: makes a plan and its test file of another tool's definition. Nothing is replaced. */
export async function importEvaluation(file: string, { out, service }: ImportOptions, streams: Streams): Promise<ExitCode> {
  if (!out.endsWith(planFileEnding)) throw new UsageError(`--out ${out}: the name of a plan ends with ${planFileEnding}`);
  const plan = resolve(out);
  const testFile = `${plan.slice(0, -planFileEnding.length)}.test.jsonl`;
  for (const path of [plan, testFile]) if (existsSync(path)) throw new UsageError(`${path} is there already, and nothing is replaced. Choose another --out.`);
  const { lines, metrics, candidates, left } = read(file);
  if (lines.length === 0) throw new UsageError(`Nothing of ${file} can be taken over. ${left[0] ?? "It has no tests"}`);
  const written = { test: basename(testFile), metrics, candidates: candidates.map((each) => ({ ...each, service })) };
  attempt("write", testFile, () => writeBeside(testFile, [Buffer.from(`${lines.join("\n")}\n`)]));
  attempt("write", plan, () => writeBeside(plan, [Buffer.from(`${JSON.stringify(written, undefined, 2)}\n`)]));
  streams.output(`${count(lines.length, "record")} in ${testFile}, the plan in ${plan}.\n`);
  for (const each of left) streams.notes(`Left out: ${visible(each)}\n`);
  if (candidates.length < 2) streams.notes(`A plan compares two candidates at least, and ${file} names ${candidates.length === 0 ? "none" : "one"}: add ${candidates.length === 0 ? "them" : "another"} to the plan.\n`);
  return exitCode.clean;
}

function read(file: string): Imported {
  const path = resolve(file);
  const text = attempt("read", path, () => readFileSync(path, "utf8")).replace(/^\uFEFF/, "");
  if (extname(path) === ".jsonl") return readSamples(text, "starts-with") ?? refuse(file);
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 100 });
  } catch (error) {
    throw new UsageError(`${file} is neither YAML nor JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const configuration = readPromptfoo(value);
  if (configuration) return configuration;
  const entry = readRegistry(value);
  if (!entry) return refuse(file);
  if ("reason" in entry) throw new UsageError(`${file}: ${entry.reason}`);
  // A file of a stranger must not make this machine call another.
  if (isElsewhere(entry.samples)) throw new UsageError(`${file}: its samples are at an address, ${JSON.stringify(entry.samples)}; fetch them and name the file.`);
  // In the registry, samples lie in a folder beside that of the definitions.
  const samples = [resolve(dirname(path), entry.samples), resolve(dirname(path), "..", "data", entry.samples)].find((each) => existsSync(each));
  if (samples === undefined) throw new UsageError(`${file}: its samples, ${entry.samples}, are neither beside it nor in ../data.`);
  return readSamples(attempt("read", samples, () => readFileSync(samples, "utf8")), entry.metric) ?? refuse(samples);
}

function refuse(file: string): never {
  throw new UsageError(`${file} is none of what can be read: a configuration of promptfoo's with prompts and tests, or of OpenAI Evals a registry entry or samples with "input" and "ideal".`);
}
