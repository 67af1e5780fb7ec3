import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for one group of tests: made before, removed after. */
export interface Scratch {
  /** The path of a name inside it. */
  path(name: string): string;
  /** Writes a file and gives its path. */
  file(name: string, content: string | Uint8Array): string;
  /** Writes a dataset of so many bytes or a few more, whose last line is `the end`, and gives its path and size. */
  large(name: string, bytes: number): { readonly path: string; readonly total: number };
}

/** Makes a scratch folder for the `describe` that calls it. */
export function scratchFolder(): Scratch {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "tunesmith-test-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  return {
    path: (name) => join(folder, name),
    file(name, content) {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    },
    large(name, bytes) {
      const line = `${"x".repeat(999)}\n`;
      const content = `${line.repeat(Math.ceil(bytes / line.length))}the end\n`;
      writeFileSync(join(folder, name), content);
      return { path: join(folder, name), total: content.length };
    },
  };
}
