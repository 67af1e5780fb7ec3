import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import * as z from "zod";
import { ApiError } from "../api-error.ts";
import { ChatError, type AnswerToken, type ChatProcess } from "../chat-process.ts";
import type { Models } from "../models.ts";
import { newId } from "../new-id.ts";
import { now } from "../now.ts";
import { readBody } from "./read-body.ts";

/** A text, or parts of one. */
export const content = z.union([z.string(), z.array(z.object({ type: z.literal("text"), text: z.string() })).transform((parts) => parts.map(({ text }) => text).join(""))]);
const request = z.object({
  model: z.string().min(1),
  messages: z.array(z.object({ role: z.string(), content })).min(1),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  seed: z.int().nullish(),
  stop: z.union([z.string().transform((one) => [one]), z.array(z.string()).max(4)]).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.literal(1, "the engine gives one answer a request").nullish(),
  tools: z.undefined({ error: "the engine does not call tools yet" }).optional(),
});
const usualMaximum = 512;

/** `/chat/completions`: base and tuned models, whole or streamed, with log probabilities where they are asked for. */
export function chatRoutes(models: Models, chat: () => ChatProcess): Hono {
  return new Hono().post("/", async (context) => {
    const body = await readBody(context, request);
    const { base, adapter } = models.find(body.model);
    if (body.top_logprobs != null && !body.logprobs) throw new ApiError(400, "top_logprobs is of no effect without logprobs: true.", null, "top_logprobs");
    const asked = {
      base, ...(adapter ? { adapter } : {}), messages: body.messages, temperature: body.temperature ?? 1, topP: body.top_p ?? 1,
      maximumTokens: body.max_completion_tokens ?? body.max_tokens ?? usualMaximum, ...(body.seed == null ? {} : { seed: body.seed }), stop: body.stop ?? [],
      ...(body.logprobs ? { topLogprobs: body.top_logprobs ?? 0 } : {}),
    };
    const logprobs = (content: readonly AnswerToken[]) => (body.logprobs ? { content, refusal: null } : null);
    const head = { id: newId("chatcmpl-"), created: now(), model: body.model };
    const signal = context.req.raw.signal;
    if (!body.stream) {
      let text = "";
      const tokens: AnswerToken[] = [];
      const end = await chat().answer(asked, (piece, more) => {
        text += piece;
        tokens.push(...more);
      }, signal).catch(refuse);
      const message = { role: "assistant", content: text, refusal: null };
      return context.json({ ...head, object: "chat.completion", choices: [{ index: 0, message, finish_reason: end.finishReason, logprobs: logprobs(tokens) }], usage: usage(end) });
    }
    return streamSSE(context, async (stream) => {
      const send = (part: object): Promise<void> => stream.writeSSE({ data: JSON.stringify({ ...head, object: "chat.completion.chunk", ...part }) });
      const choice = (delta: object, finish_reason: string | null, tokens: readonly AnswerToken[] = []) => ({ choices: [{ index: 0, delta, finish_reason, logprobs: tokens.length > 0 ? logprobs(tokens) : null }] });
      const abort = new AbortController();
      stream.onAbort(() => abort.abort());
      await send(choice({ role: "assistant", content: "" }, null));
      try {
        const end = await chat().answer(asked, (piece, tokens) => void send(choice({ content: piece }, null, tokens)), abort.signal);
        await send(choice({}, end.finishReason));
        if (body.stream_options?.include_usage) await send({ choices: [], usage: usage(end) });
        await stream.writeSSE({ data: "[DONE]" });
      } catch (error) {
        await stream.writeSSE({ data: JSON.stringify(new ApiError(400, error instanceof Error ? error.message : String(error), error instanceof ChatError ? error.code : null).toJson()) });
      }
    });
  });
}

function usage({ promptTokens, completionTokens }: { promptTokens: number; completionTokens: number }) {
  return { prompt_tokens: promptTokens, completion_tokens: completionTokens, total_tokens: promptTokens + completionTokens };
}

/** Throws what a client is told of it. */
export function refuse(error: unknown): never {
  if (error instanceof ChatError) throw new ApiError(error.code === "chat_ended" ? 500 : 400, error.message, error.code, "model");
  throw error;
}
