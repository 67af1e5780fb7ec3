import { setTimeout } from "node:timers/promises";
import { ProviderError } from "../../jobs/provider.ts";
import { longestWait } from "./guarded-fetch.ts";

/** Milliseconds before the second attempt; it doubles with each. */
const firstPause = 500;

/** Does something harmless again, twice at most, after a cut connection, a fault of the server or a rate limit that passes soon. It must be of no consequence that it is done twice. */
export async function sendAgain<Value>(send: () => Promise<Value>, signal: AbortSignal, most = 2): Promise<Value> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await send();
    } catch (error) {
      signal.throwIfAborted();
      const passing = error instanceof ProviderError && ["unreachable", "unexpected", "rate-limited"].includes(error.kind) && (error.retryAfter ?? 0) <= longestWait * 1000;
      if (!passing || tries >= most) throw error;
      await setTimeout(error.retryAfter ?? firstPause * 2 ** tries, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}
