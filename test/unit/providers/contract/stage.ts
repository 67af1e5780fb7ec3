import assert from "node:assert/strict";
import { ProviderError, type LaunchRequest, type ProviderErrorKind } from "../../../../src/jobs/provider.ts";
import type { Service } from "../../../../src/providers/index.ts";
import type { FakeServer, Fault } from "../../../support/fake-server.ts";

/** A service over a fake, and what a test may do to the fake from behind. */
export interface Stage {
  readonly service: Service;
  /** The same service, opened with a key that it does not know. */
  readonly stranger: Service;
  readonly baseModel: string;
  /** What a job is asked for besides its model and file, under this service's own names. */
  readonly request?: Partial<LaunchRequest>;
  /** Set where a tuned model does not answer by itself: it is deployed first, or fetched. */
  readonly silent?: true;
  /** Lets a job run to its end: it has metrics, checkpoints and a tuned model then, or an error. */
  finish(job: string, end: "succeeded" | "failed"): void | Promise<void>;
  /** The next creation reaches the service, and its answer is lost. */
  loseNextCreation(): void;
  /** How many requests to create a job have reached the service. */
  creations(): number;
  close(): Promise<void>;
}

/** A stage whose service is a fake, so that requests can be met by faults. Requests are named by method and path, or by a pattern of both. */
export interface WireStage extends Stage {
  readonly fake: FakeServer;
  readonly acts: { readonly list: string | RegExp; readonly create: string | RegExp; readonly upload: string | RegExp };
  /** A refusal in this service's words. */
  refusal(status: number, message: string, headers?: Record<string, string>): Fault;
  /** Adds so many finished jobs from before; their ids begin with `old`. */
  addOld(count: number): void;
  /** Gives the pages of a list in an odd order and only after other work has had its turn. */
  readonly slowAndReordered: Fault;
  /** Makes the service say of a job what its specification does not know: a state `STATE` in its spelling, more members, an empty error, members that are null or of another type. */
  spoil(job: string): { readonly rawStatus: string };
  /** Set where a job gets the key among its secrets, to save what it has made. */
  readonly keyInSecrets?: true;
  /** What was uploaded under this id, as text. */
  uploaded(id: string): string | undefined;
}

/** The signal of a caller who does not give up. */
export function live(): AbortSignal {
  return new AbortController().signal;
}

/** For `assert.rejects`: a ProviderError of this kind, whose message matches. */
export function providerError(kind: ProviderErrorKind, message = /./): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof ProviderError, String(error));
    assert.equal(error.kind, kind, error.message);
    assert.match(error.message, message);
    return true;
  };
}

/** A dataset that every service takes. */
export const dataset = Array.from({ length: 12 }, (_, index) => `{"messages":[{"role":"user","content":"Hi ${index}"},{"role":"assistant","content":"Hello"}]}\n`).join("");
