import type { Clock } from "../../../src/jobs/clock.ts";

/** A clock that moves when it is told to. */
export function fakeClock(): Clock & { advance(milliseconds: number): Promise<void>; readonly waiting: readonly number[] } {
  let now = 1_000_000;
  let timers: { readonly at: number; readonly act: () => void }[] = [];
  /** Lets everything run that waits for nothing but other promises. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  };
  return {
    now: () => now,
    after(milliseconds, act) {
      const timer = { at: now + milliseconds, act };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    get waiting() {
      return timers.map(({ at }) => at - now).sort((a, b) => a - b);
    },
    async advance(milliseconds) {
      const end = now + milliseconds;
      await settle();
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        now = next.at;
        timers = timers.filter((each) => each !== next);
        next.act();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}
