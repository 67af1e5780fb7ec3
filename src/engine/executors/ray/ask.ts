import { createReadStream } from "node:fs";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

/** Why a cluster did not do what it was asked. Whether to ask again is the caller's to say: `unreachable` and `unauthorised` may pass, `refused` does not. */
export class RayError extends Error {
  override readonly name = "RayError";
  readonly kind: "unreachable" | "unauthorised" | "refused";

  constructor(kind: RayError["kind"], message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}

export interface Question {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** Below the cluster's address: `api/version`. */
  readonly path: string;
  readonly json?: object;
  /** A file that is the body. */
  readonly file?: { readonly path: string; readonly bytes: number };
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Milliseconds in which nothing comes, after which a cluster counts as unreachable. */
const patience = 30_000;
/** The most characters of an answer: logs come as one. */
const longestAnswer = 400_000_000;

/**
 * Asks a cluster. Node's own `fetch` would not do: it marks requests with `Sec-Fetch-Mode`, as browsers do, and from those Ray takes nothing but questions (405).
 * Redirects are not followed. Rejects with a RayError of kind `unreachable`, or the signal's reason.
 */
export function ask(address: string, token: string | undefined, { method, path, json, file }: Question, signal: AbortSignal): Promise<Answer> {
  const url = urlOf(address, path);
  const body = json === undefined ? undefined : Buffer.from(JSON.stringify(json));
  const headers = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body ? { "content-type": "application/json", "content-length": body.length } : {}),
    ...(file ? { "content-type": "application/octet-stream", "content-length": file.bytes } : {}),
  };
  return new Promise((resolve, reject) => {
    const fail = (reason: string, cause?: unknown): void => reject(signal.aborted ? signal.reason : new RayError("unreachable", reason, { cause }));
    const request = (url.protocol === "https:" ? requestHttps : requestHttp)(url, { method, headers, signal, timeout: patience }, (response) => {
      const parts: Buffer[] = [];
      let length = 0;
      response.on("data", (part: Buffer) => {
        length += part.length;
        if (length > longestAnswer) request.destroy(new Error(`its answer is longer than ${longestAnswer / 1e6} MB`));
        else parts.push(part);
      });
      response.once("error", (error) => fail(reasonOf(error), error));
      response.once("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") }));
    });
    request.once("timeout", () => request.destroy(new Error(`it said nothing for ${patience / 1000} seconds`)));
    request.once("error", (error) => fail(reasonOf(error), error));
    if (!file) return void request.end(body);
    const content = createReadStream(file.path);
    content.once("error", (error) => request.destroy(error));
    content.pipe(request);
  });
}

/** An address below a cluster's, which may have a path of its own before it. */
export function urlOf(address: string, path: string): URL {
  return new URL(path, address.endsWith("/") ? address : `${address}/`);
}

/** Why a connection did not come about or broke, in a few words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  const words: Readonly<Record<string, string>> = { ECONNREFUSED: "nothing listens there", ENOTFOUND: "its name is not known", ECONNRESET: "the connection broke", ETIMEDOUT: "it does not answer", EHOSTUNREACH: "there is no way there", ENETUNREACH: "there is no way there" };
  return (code !== undefined && words[code]) || message || String(error);
}
