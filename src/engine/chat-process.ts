import { join } from "node:path";
import * as z from "zod";
import { startPython, type PythonProcess } from "./python-process.ts";

/** A conversation to answer. `base` is a model folder or an id of the Hugging Face Hub, `adapter` the folder of an adapter of that base. */
export interface ChatRequest {
  readonly base: string;
  readonly adapter?: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  /** 0 takes the likeliest token each time. */
  readonly temperature: number;
  readonly topP: number;
  readonly maximumTokens: number;
  readonly seed?: number;
  readonly stop: readonly string[];
}

export interface ChatEnd {
  readonly finishReason: "stop" | "length";
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/**
 * Why a conversation could not be answered; the message is for the user. Codes: `invalid_model`, `invalid_messages`, `context_length_exceeded`,
 * `out_of_memory`, `cancelled`, `chat_ended` (the process died), `unexpected`.
 */
export class ChatError extends Error {
  override readonly name = "ChatError";
  readonly code: string;

  constructor(code: string, text: string) {
    super(text);
    this.code = code;
  }
}

export interface ChatProcess {
  /** Gives the text piece by piece to `report`, and how it ended. Rejects with a ChatError; aborting does so at once, and ends the answer in the process. */
  answer(request: ChatRequest, report: (text: string) => void, signal: AbortSignal): Promise<ChatEnd>;
  /** Ends the process; conversations under way are refused. */
  end(): Promise<void>;
}

const message = z.discriminatedUnion("type", [
  z.object({ type: z.literal("token"), id: z.string(), text: z.string() }),
  z.object({ type: z.literal("done"), id: z.string(), finish_reason: z.enum(["stop", "length", "cancelled"]), prompt_tokens: z.number(), completion_tokens: z.number() }),
  z.object({ type: z.literal("error"), id: z.string(), code: z.string(), message: z.string() }),
]);

interface Waiting {
  readonly report: (text: string) => void;
  readonly resolve: (end: ChatEnd) => void;
  readonly reject: (error: Error) => void;
}

/** After so many milliseconds without a conversation the process ends, and the model's memory is free again. */
const usualIdle = 10 * 60 * 1000;

/** One Python process for all conversations: started with the first, again when it died, and ended when nobody asked for a while. */
export function createChatProcess({ python, scripts, idle = usualIdle }: { python: string; scripts: string; idle?: number }): ChatProcess {
  let session: Session | undefined;
  let timer: NodeJS.Timeout | undefined;
  let last = 0;

  function start(): Session {
    const own = startSession(python, scripts, () => {
      if (session === own) session = undefined;
    });
    return own;
  }

  async function end(): Promise<void> {
    clearTimeout(timer);
    const own = session;
    session = undefined;
    await own?.process.end();
  }

  return {
    async answer(request, report, signal) {
      if (signal.aborted) throw cancelled();
      clearTimeout(timer);
      const own = (session ??= start());
      const id = String(++last);
      const { topP, maximumTokens, ...given } = request;
      const abort = (): void => {
        own.process.send({ type: "cancel", id });
        own.waiting.get(id)?.reject(cancelled());
      };
      signal.addEventListener("abort", abort, { once: true });
      try {
        return await new Promise<ChatEnd>((resolve, reject) => {
          own.waiting.set(id, { report, resolve, reject });
          own.process.send({ type: "answer", id, ...given, top_p: topP, maximum_tokens: maximumTokens });
        });
      } finally {
        signal.removeEventListener("abort", abort);
        own.waiting.delete(id);
        if (session === own && own.waiting.size === 0) timer = setTimeout(() => void end(), idle).unref();
      }
    },
    end,
  };
}

/** A running process and those who wait for its answers. */
interface Session {
  readonly process: PythonProcess;
  readonly waiting: Map<string, Waiting>;
}

function startSession(python: string, scripts: string, ended: () => void): Session {
  const waiting = new Map<string, Waiting>();

  function take(line: unknown): boolean {
    const read = message.safeParse(line);
    if (!read.success) return false;
    const event = read.data;
    const own = waiting.get(event.id);
    if (!own) return true;
    if (event.type === "token") own.report(event.text);
    else if (event.type === "error") own.reject(new ChatError(event.code, event.message));
    else if (event.finish_reason === "cancelled") own.reject(cancelled());
    else own.resolve({ finishReason: event.finish_reason, promptTokens: event.prompt_tokens, completionTokens: event.completion_tokens });
    return true;
  }

  const process = startPython({
    python,
    script: join(scripts, "chat.py"),
    take,
    ended({ killed, complaint }) {
      ended();
      const why = killed ? "The system ended the chat process, most likely because memory ran out." : `The chat process ended.${complaint ? ` Its last words:\n${complaint}` : ""}`;
      for (const { reject } of waiting.values()) reject(new ChatError("chat_ended", why));
    },
  });
  return { process, waiting };
}

const cancelled = (): ChatError => new ChatError("cancelled", "The answer was cancelled.");
