import * as z from "zod";
import type { ChatAnswer, ChatMessage, ChatModel, ChatOptions } from "../evaluation/model.ts";
import { writeCalls } from "../evaluation/tool-calls.ts";
import { ProviderError } from "../jobs/provider.ts";
import { unreadable } from "./http/unreadable.ts";
import type { Endpoint } from "./service.ts";
import { given } from "./wire/given.ts";

const text = z.string().optional().catch(undefined);
const part = z.object({ text: z.string() }).transform((each) => each.text).catch("");
const message = z.object({
  content: z.union([z.string(), z.array(part).min(1).transform((parts) => parts.join(""))]).optional().catch(undefined),
  refusal: text,
  tool_calls: z.array(z.unknown()).catch([]),
});
const tokens = z.int().min(0).optional().catch(undefined);
const usage = z.object({ prompt_tokens: tokens, completion_tokens: tokens }).catch({});
const completion = z.object({ choices: z.tuple([z.object({ message, finish_reason: text })], z.unknown()), usage });

/** Who asks sends again, because only there it is known how many requests are under way. A machine that answers one request at a time lets the others wait. */
const options = { maximumRetries: 0, timeout: 10 * 60 * 1000 };

/** What sends a question; paths are taken from the service's base URL. */
export interface ChatClient {
  post(path: string, body: object, signal: AbortSignal, options: { readonly maximumRetries: number; readonly timeout: number }): Promise<unknown>;
}

/** A model that answers conversations over an OpenAI-compatible API; each question is sent once. Rejects with a ProviderError, or with the signal's reason. */
export function createChatModel(endpoint: Pick<Endpoint, "title" | "baseURL" | "kind">, client: ChatClient, model: string): ChatModel {
  return {
    id: model,
    async answer(messages, asked, signal) {
      // A signal of its own: Node warns of one that the requests of a whole evaluation listen to.
      const own = AbortSignal.any([signal]);
      return readCompletion(endpoint, model, await client.post("/chat/completions", toRequest(endpoint.baseURL, model, messages, asked), own, options));
    },
  };
}

/** Reads the body of an answer. Throws a ProviderError when it is none. */
export function readCompletion(endpoint: Pick<Endpoint, "title" | "baseURL" | "kind">, model: string, body: unknown): ChatAnswer {
  const read = completion.safeParse(body);
  if (!read.success) throw unreadable(endpoint, "an answer of a model");
  const { prompt_tokens: promptTokens, completion_tokens: answerTokens } = read.data.usage;
  return { ...toAnswer(read.data.choices[0], model), ...given({ promptTokens, answerTokens }) };
}

/** The body that asks a question. */
export function toRequest(baseURL: string, model: string, messages: readonly ChatMessage[], { temperature, maximumTokens, seed, tools, form }: ChatOptions) {
  const format = form && { type: "json_schema", json_schema: { name: form.name, strict: true, schema: form.schema } };
  return { ...given({ model, messages: messages.map(toMessage), temperature, seed, tools, response_format: format }), [maximumField(baseURL)]: maximumTokens };
}

/** OpenAI's newer models refuse `max_tokens`, and many compatible servers do not know the name that replaced it. */
export function maximumField(baseURL: string): "max_completion_tokens" | "max_tokens" {
  const { hostname } = new URL(baseURL);
  return hostname === "api.openai.com" || hostname.endsWith(".azure.com") ? "max_completion_tokens" : "max_tokens";
}

/** OpenAI wants no content, and not an empty one, beside calls. */
function toMessage({ role, content, tool_calls, tool_call_id }: ChatMessage): object {
  return { role, content: tool_calls && content === "" ? null : content, ...given({ tool_calls, tool_call_id }) };
}

/** A refusal is an answer; where there is no text at all, the error says why. */
function toAnswer({ message: { content, refusal, tool_calls: calls }, finish_reason: finishReason = "unknown" }: z.infer<typeof completion>["choices"][0], model: string): ChatAnswer {
  const words = content ?? (refusal || undefined);
  const called = writeCalls(words, calls);
  if (called !== undefined) return { text: called, finishReason };
  if (words !== undefined) return { text: words === "" && refusal ? refusal : words, finishReason };
  if (calls.length > 0) throw new ProviderError("unexpected", `${model} answered with a call of a tool that cannot be read, and no text.`);
  throw new ProviderError("unexpected", `${model} answered without text (it ended with "${finishReason}").`);
}
