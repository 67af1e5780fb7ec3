import type { Json } from "./json.ts";

/**
 * How far an upload has come, as plain data that a ledger can keep and only its provider understands. It belongs to the bytes that were being sent:
 * whoever keeps it keeps their hash beside it, and hands it over again for the same bytes only.
 */
export type UploadState = Readonly<Record<string, Json>>;

/** A dataset on disk that is to be uploaded. */
export interface UploadRequest {
  readonly path: string;
  readonly name: string;
  /** What an earlier attempt to upload the same bytes kept. A provider that cannot go on from it begins anew. */
  readonly resume?: UploadState;
  /** Is told how many bytes have arrived and how many there are; never fewer than before. */
  progress?(sent: number, total: number): void;
  /** Is told what a later attempt can go on from, and waited for before the next bytes leave. A provider that cannot go on never calls it. */
  keep?(state: UploadState): void | Promise<void>;
}
