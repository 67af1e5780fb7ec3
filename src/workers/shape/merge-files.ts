import { readTree } from "../../dataset/json-node.ts";
import { createFirstLines } from "../../dataset/first-lines.ts";
import { recogniseFormat } from "../../dataset/formats/index.ts";
import { recordFingerprint } from "../../dataset/record-fingerprint.ts";
import type { Merge } from "../../dataset/shape/shape.ts";
import { FileError } from "../file-error.ts";
import type { FileProgress } from "../lint-file.ts";
import type { PartWriter } from "./part-writer.ts";
import { readRecords } from "./read-records.ts";
import type { Outcome } from "./outcome.ts";

/** Appends file after file. Throws a FileError where a file begins with a record of another format than the first one does: no service takes both. */
export function mergeInto(inputs: readonly string[], { unique }: Merge, [part]: readonly PartWriter[], watch: (progress: FileProgress) => void): Outcome {
  const lines = createFirstLines();
  let records = 0;
  let format: { readonly of: string; readonly id: string } | undefined;
  for (const input of inputs) {
    let isFirst = true;
    for (const { text, value, bytes } of readRecords(input, watch)) {
      const tree = isFirst ? readTree(text) : undefined;
      const id = tree && recogniseFormat(tree);
      if (id !== undefined) {
        format ??= { of: input, id };
        if (format.id !== id) throw new FileError("read", input, new Error(`its records are of the format ${id}, and those of ${format.of} are of ${format.id}. Convert one of them first`));
      }
      isFirst = false;
      records++;
      if (!unique || lines.before(recordFingerprint(value), records) === undefined) part?.append(bytes);
    }
  }
  return { records };
}
