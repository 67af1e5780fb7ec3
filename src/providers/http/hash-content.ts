import { createHash } from "node:crypto";

/** The SHA-256 of a file's bytes, as 64 hexadecimal digits. Rejects with the signal's reason when it is aborted. */
export async function hashContent(content: Blob, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of content.stream() as ReadableStream<Uint8Array>) {
    signal.throwIfAborted();
    hash.update(piece);
  }
  return hash.digest("hex");
}
