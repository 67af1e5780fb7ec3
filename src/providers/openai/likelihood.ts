import * as z from "zod";
import type { ChatModel } from "../../evaluation/model.ts";
import { ProviderError } from "../../jobs/provider.ts";
import { unreadable } from "../http/unreadable.ts";
import type { Endpoint } from "../service.ts";
import { given } from "../wire/given.ts";
import type { Client } from "./client.ts";

const score = z.object({ truncated: z.boolean(), tokens: z.array(z.object({ logprob: z.number() })) });

/** Who waits for its turn behind long answers waits as long as for an answer. */
const timeout = 10 * 60 * 1000;

/** How likely a model finds given answers, by the local engine's `/scores` (src/engine/README.md). Each is sent once. */
export function createLikelihood(endpoint: Pick<Endpoint, "title" | "baseURL" | "kind">, client: Pick<Client, "post">, model: string): NonNullable<ChatModel["likelihood"]> {
  return async (messages, tools, signal) => {
    // A signal of its own: Node warns of one that the requests of a whole file listen to.
    const read = score.safeParse(await client.post("/scores", given({ model, messages, tools }), AbortSignal.any([signal]), { timeout }));
    if (!read.success) throw unreadable(endpoint, "how likely a model finds an answer");
    const { truncated, tokens } = read.data;
    if (truncated) throw new ProviderError("invalid", `The record is longer than what ${model} reads, so that its answer cannot be scored whole.`);
    if (tokens.length === 0) throw new ProviderError("invalid", "The record has no answer that could be scored.");
    return { logprob: tokens.reduce((sum, { logprob }) => sum + logprob, 0), tokens: tokens.length };
  };
}
