import type { Rewriting } from "../dataset/finding.ts";
import { FileError } from "./file-error.ts";
import { openSource } from "./read-source.ts";
import { whileUnchanged } from "./while-unchanged.ts";
import { writeDraft } from "./write-beside.ts";

/** How a file's text is written as bytes: UTF-8 without a byte-order mark, or with one. */
export type FileEncoding = Exclude<Rewriting, "jsonl">;

/**
 * Writes a file's text in another encoding, beside it and then in its place, so that it is never half written. Of a file in UTF-8 only the mark comes or
 * goes, and all other bytes stay. Throws a FileError when it cannot be read or written, when it changes meanwhile, or when it is in UTF-16 with half
 * characters, which UTF-8 has no way to write.
 */
export function encodeFile(path: string, encoding: FileEncoding): void {
  const draft = whileUnchanged(path, () => writeDraft(path, encoded(path, encoding)));
  draft.publish();
}

function* encoded(path: string, encoding: FileEncoding): Generator<Uint8Array> {
  const source = openSource(path);
  try {
    if (encoding === "utf-8-marked") yield Buffer.from("\uFEFF");
    let number = 0;
    for (const { bytes, malformed } of source.lines) {
      number++;
      if (malformed && source.encoding !== "utf-8") throw new FileError("read", path, new Error(`line ${number} has half a character, which cannot be written as UTF-8`));
      yield bytes;
    }
  } finally {
    source.close();
  }
}
