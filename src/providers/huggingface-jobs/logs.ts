import { setTimeout } from "node:timers/promises";
import type { JobEvent } from "../../jobs/job.ts";
import { ProviderError } from "../../jobs/provider.ts";
import type { HttpClient } from "../http/client.ts";
import { readEvents } from "./server-sent-events.ts";
import { toEvent } from "./to-event.ts";

/** How long is waited for what, in milliseconds. */
export interface LogPatience {
  /** Without a line for so long, a log that is read once is taken to be whole: what is there already comes at once. */
  readonly idle: number;
  /** A stream that is silent for so long is dead: the Hub says something every half minute. */
  readonly silence: number;
  /** Before a stream is opened again; it doubles while nothing new comes, up to ten times as much. */
  readonly pause: number;
}

export const usualPatience: LogPatience = { idle: 2000, silence: 120_000, pause: 1000 };
/** So many attempts in a row that bring nothing new end it. */
const mostVain = 5;

export interface LogParts {
  readonly client: HttpClient;
  /** The path of a job's log. */
  path(job: string, signal: AbortSignal): Promise<string>;
  /** Whether the job is over. */
  isOver(job: string, signal: AbortSignal): Promise<boolean>;
  readonly patience: LogPatience;
}

/**
 * A job's log comes as a stream that says everything from the beginning each time it is opened, may end before the job does, and may never end though the
 * job did. So lines are counted, those that were there before are passed over, and the job is asked after each stream whether it is over.
 * Source: Hugging Face's client, `_stream_sse_events`.
 */
export function createLogs({ client, path, isOver, patience }: LogParts) {
  return { read, follow };

  /** What the log holds now. */
  async function read(job: string, signal: AbortSignal): Promise<readonly JobEvent[]> {
    const events: JobEvent[] = [];
    for await (const event of open(job, 0, patience.idle, signal)) if (event.event) events.push(event.event);
    return events;
  }

  async function* follow(job: string, signal: AbortSignal): AsyncGenerator<JobEvent> {
    let seen = 0;
    let vain = 0;
    let pause = patience.pause;
    for (;;) {
      const before = seen;
      try {
        for await (const { index, event } of open(job, seen, patience.silence, signal)) {
          seen = index + 1;
          if (event) yield event;
        }
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof ProviderError) || !["unreachable", "unexpected", "rate-limited"].includes(error.kind) || vain >= mostVain) throw error;
      }
      if (await isOver(job, signal)) {
        // What came between the last line and the end.
        for await (const { event } of open(job, seen, patience.idle, signal)) if (event) yield event;
        return;
      }
      vain = seen === before ? vain + 1 : 0;
      pause = seen === before ? Math.min(pause * 2, patience.pause * 10) : patience.pause;
      await setTimeout(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }

  /** The lines of one stream from a place on; it ends with the stream, or when nothing comes for so long. */
  async function* open(job: string, from: number, most: number, signal: AbortSignal): AsyncGenerator<{ readonly index: number; readonly event: JobEvent | undefined }> {
    const end = new AbortController();
    const both = AbortSignal.any([signal, end.signal]);
    let timer: NodeJS.Timeout | undefined;
    let opened = false;
    const wait = (milliseconds: number): void => {
      clearTimeout(timer);
      timer = globalThis.setTimeout(() => end.abort(new Error("idle")), milliseconds);
    };
    try {
      wait(patience.silence);
      const { content } = await client.stream(await path(job, both), {}, both);
      opened = true;
      wait(most);
      let index = -1;
      for await (const data of readEvents(content)) {
        wait(most);
        index += 1;
        if (index >= from) yield { index, event: toEvent(data, index) };
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!end.signal.aborted) throw error;
      if (!opened) throw new ProviderError("unreachable", `The log of ${job} does not begin. Try again.`);
    } finally {
      clearTimeout(timer);
      end.abort();
    }
  }
}
