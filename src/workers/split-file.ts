import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { isHeldOut, type HoldOut } from "../dataset/insight/hold-out.ts";
import { attempt, FileError } from "./file-error.ts";
import { watched, type FileProgress } from "./lint-file.ts";
import { openSource } from "./read-source.ts";
import { openDraft, refuseSameFile } from "./write-beside.ts";

/** Where the parts of a dataset are written. */
export interface SplitParts {
  readonly training: string;
  readonly validation: string;
}

const lineFeed = Buffer.from("\n");

/**
 * Writes a dataset in two parts: what is learned, and what is kept back. Records keep their bytes; blank lines are left out. Throws a FileError, and leaves
 * nothing behind, when a file cannot be read or written or a part would be empty.
 */
export function splitFile(path: string, parts: SplitParts, holdOut: HoldOut, watch: (progress: FileProgress) => void = () => undefined): void {
  for (const out of [parts.training, parts.validation]) {
    refuseSameFile(path, out);
    attempt("write", out, () => mkdirSync(dirname(out), { recursive: true }));
  }
  const source = openSource(path);
  const training = openDraft(parts.training);
  const validation = openDraft(parts.validation);
  let published = false;
  try {
    const counts = { training: 0, validation: 0 };
    for (const { text, bytes } of watched(source, watch)) {
      if (text.trim() === "") continue;
      const part = isHeldOut(text, holdOut) ? "validation" : "training";
      counts[part]++;
      const draft = part === "training" ? training : validation;
      draft.append(bytes);
      if (bytes.at(-1) !== lineFeed[0]) draft.append(lineFeed);
    }
    if (counts.training === 0 || counts.validation === 0) throw new FileError("read", path, new Error(`a share of ${holdOut.share} of its ${counts.training + counts.validation} records keeps ${counts.validation} back, and both parts need some; choose another share or another seed, or name a validation file`));
    training.publish();
    validation.publish();
    published = true;
  } finally {
    source.close();
    if (!published) for (const draft of [training, validation]) draft.discard();
  }
}
