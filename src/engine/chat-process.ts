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
  /** How many of the likeliest tokens are told at each place, from 0; without it no log probabilities are told. */
  readonly topLogprobs?: number;
}

/** A token of an answer. `bytes` are what it adds to the text, often no whole characters; `logprob` is the model's own, whatever the temperature. */
const token = z.object({ token: z.string(), bytes: z.array(z.int()), logprob: z.number() });
const answerToken = token.extend({ top_logprobs: z.array(token) });
export type AnswerToken = z.infer<typeof answerToken>;

/** A part of a file to score, from a byte offset on, before which so many lines lie. */
export interface ScoreRequest extends Pick<ChatRequest, "base" | "adapter"> {
  readonly file: string;
  readonly offset: number;
  readonly line: number;
}

/** What a model makes of a record: the mean loss of its answers' tokens, null where nothing is learned; or why it cannot be scored. */
const score = z.union([
  z.object({ line: z.int(), loss: z.number().nullable(), truncated: z.boolean(), tokens: z.array(token) }),
  z.object({ line: z.int(), error: z.string() }),
]);
/** A conversation of which the assistant's answers are scored that training would learn: those of weight 1, the default. */
export interface ScoreMessagesRequest extends Pick<ChatRequest, "base" | "adapter"> {
  readonly messages: readonly { readonly role: string; readonly content: string; readonly weight?: number | undefined; readonly tool_calls?: readonly unknown[] | undefined }[];
  readonly tools?: readonly unknown[];
}

const scoredMessages = z.object({ loss: z.number().nullable(), truncated: z.boolean(), tokens: z.array(token) });
/** What a model makes of the answers of one conversation: their mean loss, null where nothing is learned, and all their tokens. */
export type ScoredMessages = z.infer<typeof scoredMessages>;

const scored = z.object({ records: z.array(score), offset: z.int(), line: z.int(), ended: z.boolean() });
/** Some records of a file, at most 16, and where the next ones begin. */
export type Scored = z.infer<typeof scored>;

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
  answer(request: ChatRequest, report: Report, signal: AbortSignal): Promise<ChatEnd>;
  /** Scores the next records of a file. Rejects as `answer` does. */
  score(request: ScoreRequest, signal: AbortSignal): Promise<Scored>;
  /** Scores one conversation; those that wait are scored together. Rejects as `answer` does. */
  scoreMessages(request: ScoreMessagesRequest, signal: AbortSignal): Promise<ScoredMessages>;
  /** Ends the process; conversations under way are refused. */
  end(): Promise<void>;
}

/** Takes the next piece of an answer, with the tokens that end in it where log probabilities were asked for. */
export type Report = (text: string, tokens: readonly AnswerToken[]) => void;

const message = z.discriminatedUnion("type", [
  z.object({ type: z.literal("token"), id: z.string(), text: z.string(), logprobs: z.array(answerToken).default([]) }),
  scored.extend({ type: z.literal("scored"), id: z.string() }),
  scoredMessages.extend({ type: z.literal("scored_messages"), id: z.string() }),
  z.object({ type: z.literal("done"), id: z.string(), finish_reason: z.enum(["stop", "length", "cancelled"]), prompt_tokens: z.number(), completion_tokens: z.number() }),
  z.object({ type: z.literal("error"), id: z.string(), code: z.string(), message: z.string() }),
]);

/** What ends a request that was not refused. */
type Ending = ChatEnd | Scored | ScoredMessages;

interface Waiting {
  readonly report: Report;
  readonly resolve: (end: Ending) => void;
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

  /** Sends a request and waits for the message that ends it. */
  async function ask(request: object, report: Report, signal: AbortSignal): Promise<Ending> {
    if (signal.aborted) throw cancelled();
    clearTimeout(timer);
    const own = (session ??= start());
    const id = String(++last);
    const abort = (): void => {
      own.process.send({ type: "cancel", id });
      own.waiting.get(id)?.reject(cancelled());
    };
    signal.addEventListener("abort", abort, { once: true });
    try {
      return await new Promise<Ending>((resolve, reject) => {
        own.waiting.set(id, { report, resolve, reject });
        own.process.send({ ...request, id });
      });
    } finally {
      signal.removeEventListener("abort", abort);
      own.waiting.delete(id);
      if (session === own && own.waiting.size === 0) timer = setTimeout(() => void end(), idle).unref();
    }
  }

  return {
    answer({ topP, maximumTokens, topLogprobs, ...given }, report, signal) {
      return ask({ type: "answer", ...given, top_p: topP, maximum_tokens: maximumTokens, top_logprobs: topLogprobs }, report, signal) as Promise<ChatEnd>;
    },
    score: (request, signal) => ask({ type: "score", ...request }, () => undefined, signal) as Promise<Scored>,
    scoreMessages: (request, signal) => ask({ type: "score_messages", ...request }, () => undefined, signal) as Promise<ScoredMessages>,
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
    if (event.type === "token") own.report(event.text, event.logprobs);
    else if (event.type === "scored" || event.type === "scored_messages") own.resolve(event);
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
