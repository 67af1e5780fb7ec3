import { WebSocket } from "ws";
import { RayError, reasonOf, urlOf } from "./ask.ts";

/** Milliseconds between two signs of life that are asked for; without an answer until the next one the connection counts as broken. */
const heartbeat = 20_000;
/** Ray's own client takes messages up to 4 MiB. */
const longestMessage = 16 * 1024 * 1024;

/**
 * Follows a log over a WebSocket: each message is the next piece of it. Resolves when the other side closes in order; rejects with a RayError of kind
 * `unreachable` when the connection does not come about or breaks, or with the signal's reason.
 */
export function tailLog(address: string, token: string | undefined, path: string, take: (text: string) => void, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const url = urlOf(address, path);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(url, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` }, followRedirects: false, handshakeTimeout: heartbeat, maxPayload: longestMessage });
  return new Promise((resolve, reject) => {
    let alive = true;
    let failure: unknown;
    const fail = (error: unknown): void => {
      failure ??= error;
      socket.terminate();
    };
    const beat = setInterval(() => {
      if (!alive) return fail(new RayError("unreachable", "the log's connection gives no sign of life"));
      alive = false;
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    }, heartbeat);
    const abort = (): void => fail(signal.reason);
    signal.addEventListener("abort", abort);
    socket.on("pong", () => (alive = true));
    socket.on("message", (data) => {
      alive = true;
      if (failure !== undefined) return;
      try {
        take(data.toString());
      } catch (error) {
        fail(error);
      }
    });
    socket.once("error", (error) => fail(new RayError("unreachable", `the log's connection broke: ${reasonOf(error)}`, { cause: error })));
    socket.once("close", (code) => {
      clearInterval(beat);
      signal.removeEventListener("abort", abort);
      if (failure !== undefined) reject(failure);
      else if (code === 1000 || code === 1005) resolve();
      else reject(new RayError("unreachable", `the log's connection broke (${code})`));
    });
  });
}
