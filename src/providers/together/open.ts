import { createChatModel } from "../chat-model.ts";
import { createHttpClient } from "../http/client.ts";
import { createSignedTransfers } from "../http/signed-transfer.ts";
import type { Endpoint, Service } from "../service.ts";
import { createBatches } from "./batches.ts";
import { createProvider } from "./provider.ts";
import { togetherTuning } from "./tuning.ts";
import { togetherSizes, type UploadSizes } from "./uploads.ts";

/** Together's fine-tuning. Throws a ProviderError when base URL or key cannot be used. */
export function openTogether(endpoint: Endpoint, sizes: UploadSizes = togetherSizes): Service {
  const client = createHttpClient(endpoint);
  const transfers = createSignedTransfers(endpoint);
  return {
    provider: createProvider(endpoint, { client, transfers, sizes, now: Date.now }),
    chatModel: (model) => createChatModel(endpoint, client, model),
    batches: (model) => createBatches(endpoint, client, transfers, model),
    tuning: togetherTuning,
  };
}
