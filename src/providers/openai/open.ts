import type { Endpoint, Service } from "../service.ts";
import { createChatModel } from "../chat-model.ts";
import { createClient } from "./client.ts";
import { createProvider } from "./provider.ts";
import { localEngineTuning, openAiTuning } from "./tuning.ts";

/** Everything that speaks OpenAI's fine-tuning API: OpenAI itself, the local engine, any compatible base URL. Throws a ProviderError when base URL or key cannot be used. */
export function openOpenAi(endpoint: Endpoint): Service {
  const client = createClient(endpoint);
  return {
    provider: createProvider(endpoint, client),
    chatModel: (model) => createChatModel(endpoint, client, model),
    tuning: endpoint.dialect === "local-engine" ? localEngineTuning : openAiTuning,
  };
}
