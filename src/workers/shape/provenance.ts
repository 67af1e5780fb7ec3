import { appendFileSync } from "node:fs";
import { dirname, relative, sep } from "node:path";
import type { Shape } from "../../dataset/shape/shape.ts";
import { attempt } from "../file-error.ts";

/** How a file was made. */
export interface Provenance {
  /** When, as ISO 8601. */
  readonly at: string;
  /** Tunesmith's. */
  readonly version: string;
  readonly shape: Shape;
  /** The files that were read. */
  readonly inputs: readonly string[];
  readonly records: number;
  /** Of the file that was written. */
  readonly sha256: string;
}

/** Where it is kept how a file was made: one line for each time. */
export function provenancePath(path: string): string {
  return `${path}.provenance`;
}

/** Keeps how a file was made in a line beside it; files are named from there. Throws a FileError. */
export function keepProvenance(path: string, { at, version, shape, inputs, records, sha256 }: Provenance): void {
  const named = inputs.map((input) => relative(dirname(path), input).split(sep).join("/"));
  const line = JSON.stringify({ at, tunesmith: version, ...shape, inputs: named, records, sha256 });
  attempt("write", provenancePath(path), () => appendFileSync(provenancePath(path), `${line}\n`));
}
