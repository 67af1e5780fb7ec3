import assert from "node:assert/strict";
import { connect, serve, type Handlers, type Port } from "../../../src/protocol/channel.ts";

interface Sums {
  readonly requests: { readonly add: { readonly params: readonly [number, number]; readonly result: number }; readonly wait: { readonly params: null; readonly result: null } };
  readonly events: { readonly told: string };
}

/** Two ends that hear one another; messages pass as copies, as through a webview. */
function pair(): { host: Port; page: Port } {
  const listeners = { host: new Set<(message: unknown) => void>(), page: new Set<(message: unknown) => void>() };
  const port = (own: "host" | "page", other: "host" | "page"): Port => ({
    send: (message) => listeners[other].forEach((listener) => listener(structuredClone(message))),
    listen: (listener) => {
      listeners[own].add(listener);
      return () => listeners[own].delete(listener);
    },
  });
  return { host: port("host", "page"), page: port("page", "host") };
}

const handlers: Handlers<Sums> = {
  add: {
    read: (value) => {
      if (!Array.isArray(value) || value.some((each) => typeof each !== "number")) throw new Error("two numbers are expected");
      return value as unknown as [number, number];
    },
    answer: ([a, b]) => a + b,
  },
  wait: { read: () => null, answer: () => new Promise<null>(() => undefined) },
};

describe("channel", () => {
  it("answers a request", async () => {
    const { host, page } = pair();
    serve<Sums>(host, handlers);
    assert.equal(await connect<Sums>(page, { told: () => undefined }).request("add", [1, 2]), 3);
  });

  it("keeps answers apart when several requests are under way", async () => {
    const { host, page } = pair();
    serve<Sums>(host, { ...handlers, add: { ...handlers.add, answer: async ([a, b]) => { for (let turn = 0; turn < 3 - a; turn++) await Promise.resolve(); return a + b; } } });
    const end = connect<Sums>(page, { told: () => undefined });
    assert.deepEqual(await Promise.all([end.request("add", [0, 1]), end.request("add", [1, 1]), end.request("add", [2, 1])]), [1, 2, 3]);
  });

  it("gives no page the answer to a request of the page that was there before it was loaded anew", async () => {
    const { host, page } = pair();
    let answer: (sum: number) => void = () => undefined;
    serve<Sums>(host, { ...handlers, add: { ...handlers.add, answer: ([a, b]) => (a === 0 ? new Promise((resolve) => (answer = resolve)) : a + b) } });
    const before = connect<Sums>(page, { told: () => undefined });
    const late = before.request("add", [0, 0]);
    await new Promise(setImmediate);
    before.dispose();
    const now = connect<Sums>(page, { told: () => undefined });
    const own = now.request("wait", null);
    answer(99);
    await assert.rejects(late, { message: "The panel was closed." });
    assert.equal(await Promise.race([own, now.request("add", [1, 1])]), 2);
  });

  it("carries a failure back as data: from reading, from answering, and for a request that does not exist", async () => {
    const { host, page } = pair();
    serve<Sums>(host, { ...handlers, wait: { read: () => null, answer: () => Promise.reject(new Error("the disk is full")) } });
    const end = connect<Sums>(page, { told: () => undefined });
    await assert.rejects(end.request("add", ["1", 2] as unknown as [number, number]), { message: "two numbers are expected" });
    await assert.rejects(end.request("wait", null), { message: "the disk is full" });
    await assert.rejects(end.request("toString" as "wait", null), { message: 'There is no request "toString".' });
  });

  it("tells events", () => {
    const { host, page } = pair();
    const told: string[] = [];
    const end = serve<Sums>(host, handlers);
    connect<Sums>(page, { told: (event) => told.push(event) });
    end.emit("told", "news");
    assert.deepEqual(told, ["news"]);
  });

  it("does not mind messages that are not its own", async () => {
    const { host, page } = pair();
    serve<Sums>(host, handlers);
    const end = connect<Sums>(page, { told: () => undefined });
    for (const stray of [null, 1, "x", {}, { type: "request" }, { type: "answer", id: 99 }, { type: "event", name: "unknown" }]) {
      host.send(stray);
      page.send(stray);
    }
    assert.equal(await end.request("add", [2, 2]), 4);
  });

  it("leaves no request waiting once it is closed, and hears nothing more", async () => {
    const { host, page } = pair();
    const hostEnd = serve<Sums>(host, handlers);
    const told: string[] = [];
    const end = connect<Sums>(page, { told: (event) => told.push(event) });
    const waiting = end.request("wait", null);
    end.dispose();
    await assert.rejects(waiting, { message: "The panel was closed." });
    hostEnd.emit("told", "late");
    assert.deepEqual(told, []);
  });
});
