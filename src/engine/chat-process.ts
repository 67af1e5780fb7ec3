import { join } from "node:path";
import * as z from "zod";
import { startPython, type PythonProcess } from "./python-process.ts";

/** A conversation to answer. `base` is a model folder or id, `adapter` a folder on top of it. */
export interface ChatRequest {
  readonly base: string;
  readonly adapter?: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly temperature: number;
  readonly topP: number;
  readonly maximumTokens: number;
  readonly seed?: number;
  readonly stop: readonly string[];
}

export interface ChatEnd {
  readonly finishReason: string;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** Why a conversation could not be answered. */
export class ChatError extends Error {
  override readonly name = "ChatError";
  readonly code: string;

  constructor(code: string, text: string) {
    super(text);
    this.code = code;
  }
}

export interface ChatProcess {
  /** Gives the text piece by piece to `report`, and how it ended. Rejects with a ChatError. Aborting ends the answer early. */
  answer(request: ChatRequest, report: (text: string) => void, signal: AbortSignal): Promise<ChatEnd>;
  end(): void;
}

const message = z.discriminatedUnion("type", [
  z.object({ type: z.literal("token"), id: z.string(), text: z.string() }),
  z.object({ type: z.literal("done"), id: z.string(), finish_reason: z.string(), prompt_tokens: z.number(), completion_tokens: z.number() }),
  z.object({ type: z.literal("error"), id: z.string(), code: z.string(), message: z.string() }),
]);

interface Waiting {
  readonly report: (text: string) => void;
  readonly resolve: (end: ChatEnd) => void;
  readonly reject: (error: Error) => void;
}

/** One Python process for all conversations, started with the first; when it dies, those that wait are refused and the next starts it anew. */
export function createChatProcess({ python, scripts }: { python: string; scripts: string }): ChatProcess {
  const waiting = new Map<string, Waiting>();
  let child: PythonProcess | undefined;
  let last = 0;

  function take(line: unknown): void {
    const event = message.parse(line);
    const own = waiting.get(event.id);
    if (!own) return;
    if (event.type === "token") return own.report(event.text);
    waiting.delete(event.id);
    if (event.type === "error") own.reject(new ChatError(event.code, event.message));
    else own.resolve({ finishReason: event.finish_reason, promptTokens: event.prompt_tokens, completionTokens: event.completion_tokens });
  }

  function running(): PythonProcess {
    child ??= startPython(python, join(scripts, "chat.py"), take, (complaint) => {
      child = undefined;
      for (const { reject } of waiting.values()) reject(new ChatError("chat_ended", `The chat process ended.\n${complaint.trim().split("\n").slice(-3).join("\n")}`));
      waiting.clear();
    });
    return child;
  }

  return {
    answer: (request, report, signal) =>
      new Promise((resolve, reject) => {
        const id = String(++last);
        waiting.set(id, { report, resolve, reject });
        signal.addEventListener("abort", () => child?.send({ type: "cancel", id }), { once: true });
        const { topP, maximumTokens, ...rest } = request;
        running().send({ type: "answer", id, ...rest, top_p: topP, maximum_tokens: maximumTokens });
      }),
    end: () => child?.end(),
  };
}
