import type { KeptUpload, UploadLedger } from "../../../src/jobs/upload-once.ts";

/** A ledger of uploads in memory. */
export function memoryUploads(kept: KeptUpload[] = []): UploadLedger & { readonly kept: KeptUpload[] } {
  const at = (provider: string, sha256: string): number => kept.findIndex((each) => each.provider === provider && each.sha256 === sha256);
  return {
    kept,
    list: async () => kept,
    find: async (provider, sha256) => kept[at(provider, sha256)],
    async save(upload) {
      const index = at(upload.provider, upload.sha256);
      if (index >= 0) kept[index] = upload;
      else kept.push(upload);
    },
  };
}
