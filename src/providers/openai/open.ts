import { createChatModel } from "../chat-model.ts";
import type { Endpoint, Service } from "../service.ts";
import { createBatches } from "./batches.ts";
import { createClient } from "./client.ts";
import { dialectOf } from "./dialects.ts";
import { createLikelihood } from "./likelihood.ts";
import { createModeration } from "./moderation.ts";
import { createProvider } from "./provider.ts";
import { openAiSizes, type UploadSizes } from "./uploads.ts";

/** Everything that speaks OpenAI's fine-tuning API: OpenAI itself, Azure, the local engine, any compatible base URL. Throws a ProviderError when base URL or key cannot be used. */
export function openOpenAi(endpoint: Endpoint, sizes: UploadSizes = openAiSizes): Service {
  const dialect = dialectOf(endpoint);
  const client = createClient(endpoint, dialect.authorization);
  return {
    provider: createProvider(endpoint, { client, dialect, sizes }),
    chatModel: (model) => ({ ...createChatModel(endpoint, client, model), ...(dialect.scores ? { likelihood: createLikelihood(endpoint, client, model) } : {}) }),
    ...(dialect.batches ? { batches: (model: string) => createBatches(endpoint, client, model) } : {}),
    ...(dialect.moderates ? { moderation: createModeration(endpoint, client) } : {}),
    tuning: dialect.tuning,
  };
}
