import { ProviderError } from "../../jobs/provider.ts";
import { readBaseUrl } from "../http/base-url.ts";
import { createHttpClient } from "../http/client.ts";
import { createSignedTransfers } from "../http/signed-transfer.ts";
import type { Endpoint, Service } from "../service.ts";
import { usualPatience, type LogPatience } from "./logs.ts";
import { createNamespace } from "./namespace.ts";
import { createProvider } from "./provider.ts";
import { huggingFaceTuning } from "./tuning.ts";

/** Fine-tuning as a job on machines of Hugging Face. Throws a ProviderError when base URL or token cannot be used. */
export function openHuggingFaceJobs(given: Endpoint, patience: LogPatience = usualPatience): Service {
  const endpoint = { ...given, baseURL: readBaseUrl(given).origin };
  const client = createHttpClient(endpoint);
  return {
    provider: createProvider(endpoint, { client, transfers: createSignedTransfers(endpoint), namespace: createNamespace(endpoint, client), now: Date.now, patience }),
    // A tuned model lies on the Hub, where nobody answers for it.
    chatModel: (model) => ({ id: model, answer: () => Promise.reject(new ProviderError("invalid", `${model} lies on the Hub, where no one answers for it. Fetch it, or serve it at an endpoint of your own and name that in tunesmith.endpoints.`)) }),
    tuning: huggingFaceTuning,
  };
}
