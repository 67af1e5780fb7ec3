import { setTimeout as delay } from "node:timers/promises";
import { RayError } from "./ask.ts";

export interface Patience {
  /**
   * What `act` gives, tried again for as long as the cluster does not answer: a training there goes on without us. Rejects with what `act` rejects with
   * otherwise, or with the signal's reason.
   */
  with<Result>(act: () => Promise<Result>): Promise<Result>;
}

export interface PatienceOptions {
  /** The cluster's name. */
  readonly name: string;
  /** Whether a cluster that does not take the token is waited for too, until it is told another one. */
  readonly forToken: () => boolean;
  /** Is told once when the cluster stops answering, and once when it answers again. */
  readonly say: (message: string, level: "warn" | "info") => void;
  readonly signal: AbortSignal;
  /** Milliseconds between two tries; the last one counts for all that follow. */
  readonly pauses: readonly number[];
}

export function createPatience({ name, forToken, say, signal, pauses }: PatienceOptions): Patience {
  let since: Date | undefined;
  let tries = 0;

  function answered(): void {
    if (since !== undefined) say(`The cluster ${name} is reachable again, after ${durationOf(Date.now() - since.getTime())}.`, "info");
    since = undefined;
    tries = 0;
  }

  async function wait(error: RayError): Promise<void> {
    if (since === undefined) {
      since = new Date();
      say(`The cluster ${name} is not reachable since ${since.toISOString().slice(0, 19)}Z: ${error.message.replace(/\.+$/, "")}. It is asked again and again; what runs there goes on meanwhile.`, "warn");
    }
    await delay(pauses[Math.min(tries, pauses.length - 1)], undefined, { signal }).catch(() => signal.throwIfAborted());
    tries += 1;
  }

  return {
    async with(act) {
      for (;;) {
        signal.throwIfAborted();
        try {
          const result = await act();
          answered();
          return result;
        } catch (error) {
          if (!(error instanceof RayError) || error.kind === "refused" || (error.kind === "unauthorised" && !forToken())) throw error;
          await wait(error);
        }
      }
    },
  };
}

function durationOf(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 120 ? `${seconds} seconds` : seconds < 7200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3600)} hours`;
}
