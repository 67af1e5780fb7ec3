import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTableIn, type CreateTable, type KeptBlocks } from "../dataset/number-table.ts";
import { FileError } from "./file-error.ts";
import { tellUnfinished } from "./unfinished-files.ts";

/** Tables of numbers that are kept on disk once they are large. Whoever has them closes them. */
export interface SpilledTables {
  readonly create: CreateTable;
  /** Removes what is on disk; what was created is used no more. */
  close(): void;
}

/** Bytes that all tables together keep in memory. */
const mostInMemory = 16e6;

/**
 * Tables in memory, until they are large; what is more stands in a folder of its own among the system's temporary files, which only the user may read. Where nothing
 * can be written there, all of it stays in memory. Reading a column throws a FileError when the disk does not give back what was written.
 */
export function createSpilledTables({ most = mostInMemory, place = tmpdir() }: { readonly most?: number; readonly place?: string } = {}): SpilledTables {
  let inMemory = 0;
  let folder: string | undefined;
  let isRefused = false;
  const files: number[] = [];

  function open(): number | undefined {
    try {
      if (folder === undefined) {
        folder = join(place, `tunesmith-${randomBytes(6).toString("hex")}`);
        tellUnfinished(folder, true);
        mkdirSync(folder, { mode: 0o700 });
      }
      const file = openSync(join(folder, String(files.length)), "wx+", 0o600);
      files.push(file);
      return file;
    } catch {
      isRefused = true;
      return undefined;
    }
  }

  function createBlocks(): KeptBlocks {
    /** Each block, or where in the file it begins. */
    const blocks: (Uint32Array | number)[] = [];
    let file: number | undefined;
    let end = 0;
    const written = (block: Uint32Array): number | undefined => {
      file ??= isRefused ? undefined : open();
      if (file === undefined) return undefined;
      try {
        const bytes = bytesOf(block);
        for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, end + done);
        end += bytes.length;
        return end - bytes.length;
      } catch {
        // A disk that is full leaves as much memory as there was.
        isRefused = true;
        return undefined;
      }
    };
    return {
      push(block) {
        if (inMemory + block.byteLength > most && !isRefused) {
          const place = written(block);
          if (place !== undefined) return void blocks.push(place);
        }
        inMemory += block.byteLength;
        blocks.push(block);
      },
      read(block, from, into) {
        const kept = blocks[block];
        if (typeof kept !== "number") return into.set(kept?.subarray(from, from + into.length) ?? []);
        const bytes = bytesOf(into);
        try {
          for (let done = 0; done < bytes.length; ) {
            const more = file === undefined ? 0 : readSync(file, bytes, done, bytes.length - done, kept + from * Uint32Array.BYTES_PER_ELEMENT + done);
            if (more === 0) throw new Error("what was written there is gone");
            done += more;
          }
        } catch (error) {
          throw new FileError("read", folder ?? "", error);
        }
      },
    };
  }

  return {
    create: (width) => createTableIn(width, createBlocks()),
    close() {
      for (const file of files.splice(0)) closeSync(file);
      if (folder === undefined) return;
      rmSync(folder, { recursive: true, force: true });
      tellUnfinished(folder, false);
      folder = undefined;
    },
  };
}

function bytesOf(numbers: Uint32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
