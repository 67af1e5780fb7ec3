import type { Download } from "../../jobs/artifact.ts";

/** The text of a download of which no more than so many bytes are read; what goes on behind them is left. */
export async function readText({ content }: Download, mostBytes: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of content) {
    pieces.push(piece);
    bytes += piece.byteLength;
    if (bytes >= mostBytes) break;
  }
  return Buffer.concat(pieces).toString("utf8", 0, mostBytes);
}
