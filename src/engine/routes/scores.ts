import { existsSync } from "node:fs";
import { Hono } from "hono";
import { stream } from "hono/streaming";
import * as z from "zod";
import { ApiError } from "../api-error.ts";
import { ChatError, type ChatProcess, type Scored } from "../chat-process.ts";
import type { Models } from "../models.ts";
import type { Store } from "../store.ts";
import { readBody } from "./read-body.ts";
import { content, refuse } from "./chat.ts";

const model = z.string().min(1);
/** A record of a training file, as far as its answers can be scored. */
const conversation = z.object({
  model,
  messages: z.array(z.looseObject({ role: z.string(), content: content.nullish().transform((text) => text ?? ""), weight: z.number().optional(), tool_calls: z.array(z.unknown()).optional() })).min(1),
  tools: z.array(z.unknown()).optional(),
});
const request = z.union([conversation, z.object({ model, file: z.string().min(1) })], { error: "model is expected, and either messages as a training record has them, or the id of a file" });

/** What all records of a file come to; the loss is the mean over tokens, undefined while nothing was scored. */
interface Sum {
  records: number;
  answerTokens: number;
  lossSum: number;
  errors: number;
}

/**
 * `/scores`, the engine's own: what a model makes of the answers of a conversation; or of those in a stored file, as JSON lines, a record each, and their sum last. The file
 * is read and scored a few records at a time, and no faster than the client reads; scoring ends when the client goes.
 */
export function scoreRoutes(store: Store, models: Models, chat: () => ChatProcess): Hono {
  return new Hono().post("/", async (context) => {
    const body = await readBody(context, request);
    const { base, adapter } = models.find(body.model);
    if ("messages" in body) {
      const asked = { base, ...(adapter ? { adapter } : {}), messages: body.messages, ...(body.tools ? { tools: body.tools } : {}) };
      return context.json({ object: "score", ...(await chat().scoreMessages(asked, context.req.raw.signal).catch(refuse)) });
    }
    const { file } = body;
    if (!store.files().some(({ id }) => id === file) || !existsSync(store.dataOf(file))) throw new ApiError(404, `No such File object: ${file}`, null, "file");
    const abort = new AbortController();
    const next = ({ offset, line }: Pick<Scored, "offset" | "line">): Promise<Scored> => chat().score({ base, ...(adapter ? { adapter } : {}), file: store.dataOf(file), offset, line }, abort.signal);
    context.req.raw.signal.addEventListener("abort", () => abort.abort(), { once: true });
    // What is wrong with the model is a refusal still, not a line.
    let part = await next({ offset: 0, line: 0 }).catch(refuse);
    context.header("content-type", "application/jsonl");
    return stream(context, async (out) => {
      out.onAbort(() => abort.abort());
      const sum: Sum = { records: 0, answerTokens: 0, lossSum: 0, errors: 0 };
      try {
        for (;;) {
          for (const record of part.records) {
            add(sum, record);
            await out.write(`${JSON.stringify({ object: "score", ...record })}\n`);
          }
          if (part.ended || abort.signal.aborted) break;
          part = await next(part);
        }
        const { lossSum, answerTokens, ...counts } = sum;
        await out.write(`${JSON.stringify({ object: "score.sum", ...counts, answer_tokens: answerTokens, loss: answerTokens > 0 ? lossSum / answerTokens : null })}\n`);
      } catch (error) {
        const code = error instanceof ChatError ? error.code : null;
        await out.write(`${JSON.stringify(new ApiError(500, error instanceof Error ? error.message : String(error), code).toJson())}\n`);
      }
    });
  });
}

function add(sum: Sum, record: Scored["records"][number]): void {
  sum.records++;
  if ("error" in record) return void sum.errors++;
  sum.answerTokens += record.tokens.length;
  sum.lossSum += (record.loss ?? 0) * record.tokens.length;
}
