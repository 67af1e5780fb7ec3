import { createHash } from "node:crypto";
import { toConnectionError } from "./connection-error.ts";
import type { Named } from "./say.ts";

/** The SHA-256 of a file's bytes, as 64 hexadecimal digits. Rejects with a ProviderError when the file changes meanwhile, or with the signal's reason. */
export async function hashContent(endpoint: Named, content: Blob, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const piece of content.stream() as ReadableStream<Uint8Array>) {
      signal.throwIfAborted();
      hash.update(piece);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw toConnectionError(endpoint, error);
  }
  return hash.digest("hex");
}
