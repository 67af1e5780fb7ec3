import assert from "node:assert/strict";
import type { Row, Rows } from "../../../src/protocol/records-viewer.ts";
import { createRowCache } from "../../../webview/ui/row-cache.ts";

/** A list of `length` rows behind a host that answers when the test lets it. */
function begin(length: number) {
  const list = { length };
  const asked: number[] = [];
  const waiting: (() => void)[] = [];
  const failures: unknown[] = [];
  let arrivals = 0;
  const cache = createRowCache(
    (first, count) => {
      asked.push(first);
      return new Promise<Rows>((resolve, reject) => waiting.push(() => {
        if (list.length < 0) return reject(new Error("gone"));
        const rows = Array.from({ length: Math.max(0, Math.min(count, list.length - first)) }, (_, index): Row => ({ line: first + index, text: "" }));
        resolve({ filter: "all", first, count, generation: 1, rows });
      }));
    },
    () => arrivals++,
    (error) => failures.push(error),
  );
  const answer = async (): Promise<void> => {
    waiting.shift()?.();
    await new Promise(setImmediate);
  };
  return { cache, list, asked, failures, answer, arrivals: () => arrivals };
}

describe("the rows that the page keeps", () => {
  it("are asked for by the page, once", async () => {
    const { cache, asked, answer } = begin(1000);
    cache.want(90, 130);
    await answer();
    await answer();
    cache.want(95, 125);
    assert.deepEqual(asked, [0, 100]);
    assert.deepEqual([cache.row(129)?.line, cache.row(200)], [129, undefined]);
  });

  it("are those in sight now, and not those that were scrolled past", async () => {
    const { cache, asked, answer } = begin(1_000_000);
    for (let first = 0; first < 500_000; first += 1000) cache.want(first, first + 30);
    await answer();
    await answer();
    assert.deepEqual(asked, [0, 499_000]);
    assert.equal(cache.row(499_010)?.line, 499_010);
  });

  it("are asked for again where the list has grown since", async () => {
    const { cache, list, asked, answer } = begin(20);
    cache.want(0, 20);
    await answer();
    list.length = 60;
    cache.want(10, 40);
    await answer();
    assert.deepEqual(asked, [0, 0]);
    assert.equal(cache.row(39)?.line, 39);
  });

  it("do not make the page ask for ever when the host has none", async () => {
    const { cache, asked, answer } = begin(5);
    cache.want(0, 30);
    await answer();
    cache.want(0, 30);
    cache.want(4, 30);
    await answer();
    assert.deepEqual(asked, [0]);
  });

  it("are dropped when they come after they were forgotten", async () => {
    const { cache, answer, arrivals } = begin(100);
    cache.want(0, 10);
    cache.clear();
    await answer();
    assert.deepEqual([cache.row(0), arrivals()], [undefined, 0]);
  });

  it("say why they did not come, and are tried again when they are wanted again", async () => {
    const { cache, list, failures, answer } = begin(-1);
    cache.want(0, 10);
    await answer();
    assert.deepEqual(failures.map(String), ["Error: gone"]);
    list.length = 10;
    cache.want(0, 10);
    await answer();
    assert.equal(cache.row(3)?.line, 3);
  });
});
