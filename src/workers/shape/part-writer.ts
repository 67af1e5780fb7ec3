import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { attempt } from "../file-error.ts";
import { openDraft } from "../write-beside.ts";

/** One file that is written, record by record. */
export interface PartWriter {
  readonly path: string;
  readonly records: number;
  /** Appends a record's line; a line break is added where it has none. */
  append(bytes: Uint8Array): void;
  /** Puts the file into its place, and gives the SHA-256 of its bytes. */
  publish(): string;
  /** Removes it, when it is not in its place. */
  discard(): void;
}

const lineFeed = Buffer.from("\n");

/** Opens a file to be written beside its place; one that is only counted when `isPreview`. Throws a FileError when the place cannot be written to. */
export function openPart(path: string, isPreview: boolean): PartWriter {
  if (!isPreview) attempt("write", path, () => mkdirSync(dirname(path), { recursive: true }));
  const draft = isPreview ? undefined : openDraft(path);
  const hash = createHash("sha256");
  let records = 0;
  let published = false;
  return {
    path,
    get records() {
      return records;
    },
    append(bytes) {
      records++;
      if (!draft) return;
      for (const piece of bytes.at(-1) === lineFeed[0] ? [bytes] : [bytes, lineFeed]) {
        draft.append(piece);
        hash.update(piece);
      }
    },
    publish() {
      draft?.publish();
      published = true;
      return hash.digest("hex");
    },
    discard() {
      if (!published) draft?.discard();
    },
  };
}
