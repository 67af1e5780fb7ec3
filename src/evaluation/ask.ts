import type { AdaptiveConcurrency, Waiting } from "./adaptive-concurrency.ts";
import type { ToldLikelihood } from "./likelihood.ts";
import type { ChatAnswer, ChatFailure, ChatMessage, ChatModel, ChatOptions } from "./model.ts";

/** What became of one request: an answer, with how likely the model finds the reference where that was asked for; or the sentence that says why there is none. */
export type Outcome = (ChatAnswer & { readonly likelihood?: ToldLikelihood }) | { readonly failure: string };

/** Milliseconds before a request is sent again the first time; it doubles with each. */
const firstPause = 500;
const longestPause = 30_000;
/** A wait longer than this is the user's to decide on, not one to sit out in silence. */
const longestAsked = 60_000;
/** So often a request is sent again: after a rate limit, which passes with patience, and after another failure that may pass. */
const retries = { limited: 12, passing: 4 };

/** Asks a model one question, as `patiently` does. */
export function askPatiently(model: ChatModel, messages: readonly ChatMessage[], options: ChatOptions, concurrency: Pick<AdaptiveConcurrency, "enter">, waiting: Waiting, signal: AbortSignal): Promise<Outcome> {
  return patiently(() => model.answer(messages, options, signal), concurrency, waiting, signal);
}

/**
 * Sends a request, and again after what may pass: a rate limit, a cut connection, a time-out, a fault of the server. It waits as long as the server
 * asks for, else longer each time and never exactly as long as others do. A failure for good is an outcome. Rejects when the signal is aborted.
 */
export async function patiently<Answer>(ask: () => Promise<Answer>, concurrency: Pick<AdaptiveConcurrency, "enter">, waiting: Waiting, signal: AbortSignal): Promise<Answer | { readonly failure: string }> {
  const tries = { limited: 0, passing: 0 };
  for (;;) {
    const turn = await concurrency.enter(tries.limited + tries.passing > 0);
    try {
      const answer = await ask();
      turn.taken();
      return answer;
    } catch (error) {
      const { passing = false, kind, retryAfter } = (error instanceof Error ? error : {}) as ChatFailure;
      const what = kind === "rate-limited" ? "limited" : "passing";
      const again = passing && tries[what] < retries[what] && (retryAfter ?? 0) <= longestAsked && !signal.aborted;
      const pause = again ? pauseOf(tries[what]++, retryAfter, waiting) : 0;
      if (again && what === "limited") turn.refused(pause);
      else turn.taken();
      signal.throwIfAborted();
      if (!again) return { failure: error instanceof Error ? error.message : String(error) };
      if (what === "passing") await waiting.pause(pause, signal);
    }
  }
}

/** What the server asks for is the least; a quarter more at most spreads those that were refused together. */
function pauseOf(tries: number, retryAfter: number | undefined, waiting: Waiting): number {
  return (retryAfter ?? Math.min(longestPause, firstPause * 2 ** tries)) * (1 + waiting.random() / 4);
}
