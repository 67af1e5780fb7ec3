import { isUtf8 } from "node:buffer";
import { open } from "node:fs/promises";
import { parquetMetadataAsync, parquetReadObjects, parquetSchema } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { FileError } from "./file-error.ts";
import type { FileProgress } from "./lint-file.ts";
import type { Entry } from "./entry.ts";

/** JSON that a column holds as text, put in as it is written. */
const asWritten = Symbol("asWritten");

/**
 * Reads the rows of a Parquet file as JSON objects, one group of rows at a time, which is what its columns are packed in; the line of an entry is the
 * number of its row. Rejects with a FileError when the file cannot be read or is no Parquet.
 */
export async function* readParquet(path: string, watch: (progress: FileProgress) => void): AsyncGenerator<readonly Entry[]> {
  const read = async <Result>(act: () => Promise<Result>): Promise<Result> => {
    try {
      return await act();
    } catch (error) {
      throw new FileError("read", path, error);
    }
  };
  const handle = await read(() => open(path, "r"));
  try {
    const byteLength = (await read(() => handle.stat())).size;
    const file = {
      byteLength,
      async slice(start: number, end = byteLength): Promise<ArrayBuffer> {
        const bytes = new Uint8Array(end - start);
        await handle.read(bytes, 0, bytes.length, start);
        return bytes.buffer;
      },
    };
    const metadata = await read(() => parquetMetadataAsync(file));
    yield [{ line: 1, columns: parquetSchema(metadata).children.map(({ element }) => element.name) }];
    let rowStart = 0;
    for (const { num_rows: rows } of metadata.row_groups) {
      const rowEnd = rowStart + Number(rows);
      const parsers = { jsonFromBytes: (bytes: Uint8Array | undefined) => bytes && { [asWritten]: new TextDecoder().decode(bytes) } };
      const objects = await read(() => parquetReadObjects({ file, metadata, compressors, parsers, rowStart, rowEnd, geoparquet: false, utf8: false }));
      yield objects.map((object, index) => toEntry(rowStart + index + 1, object));
      rowStart = rowEnd;
      watch({ lines: rowEnd, bytes: Math.floor((byteLength * rowEnd) / Math.max(Number(metadata.num_rows), 1)), byteLength });
    }
  } finally {
    await handle.close();
  }
}

function toEntry(line: number, row: Readonly<Record<string, unknown>>): Entry {
  try {
    return { line, text: writeCell(row) };
  } catch (error) {
    if (error instanceof RangeError) return { line, fault: error.message };
    throw error;
  }
}

/** A cell as JSON: whole numbers of 64 bits in all their digits, times as ISO 8601, bytes as the text that they are, else in base64. Throws a RangeError for what JSON has no number for. */
function writeCell(cell: unknown): string {
  if (cell === undefined || cell === null) return "null";
  if (typeof cell === "bigint") return String(cell);
  if (typeof cell === "number" && !Number.isFinite(cell)) throw new RangeError(`it has the number ${cell}, which JSON cannot hold`);
  if (typeof cell !== "object") return JSON.stringify(cell);
  if (cell instanceof Date) return JSON.stringify(cell);
  if (cell instanceof Uint8Array) return JSON.stringify(Buffer.from(cell).toString(isUtf8(cell) ? "utf8" : "base64"));
  if (Array.isArray(cell)) return `[${cell.map(writeCell).join(",")}]`;
  if (asWritten in cell) return String(cell[asWritten]);
  return `{${Object.entries(cell).map(([key, value]) => `${JSON.stringify(key)}:${writeCell(value)}`).join(",")}}`;
}
