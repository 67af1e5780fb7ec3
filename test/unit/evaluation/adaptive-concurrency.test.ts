import assert from "node:assert/strict";
import { setMaxListeners } from "node:events";
import fc from "fast-check";
import { createAdaptiveConcurrency, type Waiting } from "../../../src/evaluation/adaptive-concurrency.ts";
import { askPatiently } from "../../../src/evaluation/ask.ts";
import type { ChatFailure, ChatModel } from "../../../src/evaluation/model.ts";

const options = { temperature: 0, maximumTokens: 1 };
/** A signal that as many may listen to as there are requests under way. */
const live = (): AbortSignal => {
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  return signal;
};

/** Time that goes on only when everybody waits. */
function virtualTime(): Waiting & { now(): number; run(done: Promise<unknown>): Promise<void> } {
  const timers: { at: number; wake(): void }[] = [];
  let now = 0;
  return {
    now: () => now,
    random: () => 0.5,
    pause: (milliseconds, signal) => new Promise((resolve, reject) => {
      const abort = (): void => reject(signal.reason as Error);
      signal.addEventListener("abort", abort, { once: true });
      timers.push({ at: now + milliseconds, wake: () => (signal.removeEventListener("abort", abort), resolve()) });
    }),
    async run(done) {
      let ended = false;
      const end = (): void => void (ended = true);
      done.then(end, end);
      while (!ended) {
        for (let turns = 0; turns < 30 && !ended; turns++) await Promise.resolve();
        const first = timers.sort((a, b) => a.at - b.at).shift();
        if (!first) continue;
        now = Math.max(now, first.at);
        first.wake();
      }
    },
  };
}

function failing(failure: ChatFailure): Error {
  return Object.assign(new Error("no"), failure);
}

/** A server that takes so many requests at the same time and refuses others, as long as it is busy. */
function server(time: ReturnType<typeof virtualTime>, takes: () => number, latency = 100) {
  let current = 0;
  const self = { most: 0, refused: 0, answered: 0, model: undefined as unknown as ChatModel };
  self.model = {
    id: "m",
    async answer(_messages, _options, signal) {
      if (current >= takes()) {
        self.refused += 1;
        throw failing({ kind: "rate-limited", passing: true, retryAfter: 50 });
      }
      current += 1;
      self.most = Math.max(self.most, current);
      await time.pause(latency, signal);
      current -= 1;
      self.answered += 1;
      return { text: "a", finishReason: "stop" };
    },
  };
  return self;
}

describe("requests at the pace of a server", () => {
  it("has as many under way as it may when nothing is refused, and takes n·L/C", async () => {
    const time = virtualTime();
    const signal = live();
    const { model, ...counted } = server(time, () => 100);
    const pace = createAdaptiveConcurrency(8, time, signal);
    await time.run(Promise.all(Array.from({ length: 80 }, () => askPatiently(model, [], options, pace, time, signal))));
    assert.deepEqual([time.now(), counted.refused], [1000, 0]);
  });

  it("halves the pace once for a burst of refusals, and grows again when the server does", async () => {
    const time = virtualTime();
    const signal = live();
    let room = 2;
    const fake = server(time, () => room);
    const pace = createAdaptiveConcurrency(8, time, signal);
    const limits: number[] = [];
    const done = Promise.all(Array.from({ length: 400 }, async (_, index) => {
      const outcome = await askPatiently(fake.model, [], options, pace, time, signal);
      limits[index] = pace.limit();
      if (index === 100) room = 100;
      return outcome;
    }));
    await time.run(done);
    assert.ok((await done).every((outcome) => "text" in outcome), "no request is lost");
    assert.ok(Math.min(...limits) <= 3, `the pace falls to what the server takes: ${Math.min(...limits)}`);
    assert.equal(limits.at(-1), 8);
    assert.ok(fake.refused < 200, `${fake.refused} refusals`);
  });

  it("loses no request and asks none twice at once, whatever the server takes", async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 40 }), async (takes, most, requests) => {
      const time = virtualTime();
      const signal = live();
      const fake = server(time, () => takes);
      const pace = createAdaptiveConcurrency(most, time, signal);
      const done = Promise.all(Array.from({ length: requests }, () => askPatiently(fake.model, [], options, pace, time, signal)));
      await time.run(done);
      assert.equal((await done).filter((outcome) => "text" in outcome).length, requests);
      assert.equal(fake.answered, requests);
      assert.ok(fake.most <= Math.min(takes, most));
    }), { numRuns: 50 });
  });

  it("waits as long as is asked, else longer each time, and gives up in the end", async () => {
    const pauses: number[] = [];
    const waiting: Waiting = { pause: async (milliseconds) => void pauses.push(milliseconds), random: () => 0 };
    let asked = 0;
    const model: ChatModel = { id: "m", answer: () => Promise.reject(failing({ passing: true, kind: "unexpected", ...(asked++ === 0 ? { retryAfter: 7 } : {}) })) };
    const signal = live();
    assert.deepEqual(await askPatiently(model, [], options, createAdaptiveConcurrency(1, waiting, signal), waiting, signal), { failure: "no" });
    assert.deepEqual([asked, pauses], [5, [7, 1000, 2000, 4000]]);
  });

  it("does not ask again what will not pass, nor where the wait is the user's to decide on", async () => {
    for (const failure of [{}, { kind: "rate-limited" }, { kind: "rate-limited", passing: true, retryAfter: 3_600_000 }] satisfies ChatFailure[]) {
      let asked = 0;
      const model: ChatModel = { id: "m", answer: () => Promise.reject(failing((asked++, failure))) };
      const time = virtualTime();
      const signal = live();
      await askPatiently(model, [], options, createAdaptiveConcurrency(1, time, signal), time, signal);
      assert.equal(asked, 1);
    }
  });

  it("ends at once with the signal's reason, whatever waits", async () => {
    const time = virtualTime();
    const stop = new AbortController();
    const fake = server(time, () => 0);
    const pace = createAdaptiveConcurrency(2, time, stop.signal);
    const asking = Array.from({ length: 5 }, () => askPatiently(fake.model, [], options, pace, time, stop.signal));
    const ended = Promise.allSettled(asking);
    await Promise.resolve();
    stop.abort(new Error("enough"));
    assert.deepEqual((await ended).map((each) => (each.status === "rejected" ? String(each.reason) : "")), Array.from({ length: 5 }, () => "Error: enough"));
  });
});
