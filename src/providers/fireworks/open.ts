import { createChatModel } from "../chat-model.ts";
import { readBaseUrl } from "../http/base-url.ts";
import { createHttpClient } from "../http/client.ts";
import { createSignedTransfers } from "../http/signed-transfer.ts";
import type { Endpoint, Service } from "../service.ts";
import { createAccount } from "./account.ts";
import { fireworksSizes, type UploadSizes } from "./datasets.ts";
import { createProvider } from "./provider.ts";
import { fireworksTuning } from "./tuning.ts";

/** Fireworks' fine-tuning and inference, whose paths begin at the origin whatever the base URL names. Throws a ProviderError when base URL or key cannot be used. */
export function openFireworks(given: Endpoint, sizes: UploadSizes = fireworksSizes): Service {
  const endpoint = { ...given, baseURL: readBaseUrl(given).origin };
  const client = createHttpClient(endpoint);
  const account = createAccount(endpoint, client);
  return {
    provider: createProvider(endpoint, { client, account, transfers: createSignedTransfers(endpoint), sizes, now: Date.now }),
    chatModel: (model) => createChatModel(endpoint, { post: (path, body, signal, options) => client.post(`/inference/v1${path}`, body, signal, options) }, model),
    tuning: fireworksTuning,
  };
}
