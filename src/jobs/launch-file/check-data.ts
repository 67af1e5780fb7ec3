import { isElsewhere, type FileFact } from "../../dataset/file-fact.ts";
import { wrong, type JsoncProblem } from "../../dataset/jsonc-problem.ts";
import type { JsoncPath } from "../../dataset/jsonc-stretch.ts";
import { methodsOf } from "../tuning.ts";
import type { KnownService, Surroundings } from "./problem.ts";
import type { LaunchFile } from "./schema.ts";

/** Whether the files are there, are different ones, and are those that the method needs. */
export function* checkData({ data, evaluation, method = "sft" }: LaunchFile, service: KnownService | undefined, { file }: Surroundings): Generator<JsoncProblem> {
  const { training, validation, split } = data;
  const named: readonly { readonly path: JsoncPath; readonly written: string; readonly use: string }[] = [
    { path: ["data", "training"], written: training, use: "training" },
    ...(validation === undefined ? [] : [{ path: ["data", "validation"], written: validation, use: "validation" }]),
    ...(evaluation === undefined ? [] : [{ path: ["evaluation", "test"], written: evaluation.test, use: "test" }]),
  ];
  const facts = named.map((each) => ({ ...each, fact: file(each.written) }));
  for (const { path, written, use, fact } of facts) {
    if (isElsewhere(written)) yield wrong(path, `The ${use} file is an address, ${JSON.stringify(written)}; a path of a file on this machine is expected.`);
    else if (fact?.kind === "missing") yield wrong(path, `There is no file ${fact.path}.`);
    else if (fact?.kind === "folder") yield wrong(path, `${fact.path} is a folder; a file is expected.`);
  }
  for (const [index, one] of facts.entries()) {
    const other = facts.slice(0, index).find(({ fact }) => fact && one.fact && isSame(fact, one.fact));
    if (other) yield wrong(one.path, `The ${one.use} file is the ${other.use} file${other.fact?.path === one.fact?.path ? "" : " byte for byte"}. What was learnt cannot tell how well it was learnt.`);
  }
  if (validation !== undefined && split !== undefined) yield { ...wrong(["data", "split"], "There is a validation file already; keep one of both."), key: true };
  const needs = service && methodsOf(service.tuning).find((each) => each.method === method)?.needsValidation;
  if (needs && validation === undefined && split === undefined) yield wrong(["data"], `The method "${method}" needs a validation file at ${service.title}: name one as "validation", or keep a share of the training file back with "split".`);
}

function isSame(one: FileFact, other: FileFact): boolean {
  if (one.kind !== "file" || other.kind !== "file") return false;
  return one.path === other.path || (one.sha256 !== undefined && one.sha256 === other.sha256);
}
