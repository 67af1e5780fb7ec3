import assert from "node:assert/strict";
import fc from "fast-check";
import { APIConnectionError, APIConnectionTimeoutError, APIError } from "openai";
import { ProviderError } from "../../../../src/jobs/provider.ts";
import type { Endpoint } from "../../../../src/providers/index.ts";
import { readErrorBody } from "../../../../src/providers/http/error-body.ts";
import { retryAfter } from "../../../../src/providers/http/retry-after.ts";
import { toProviderError } from "../../../../src/providers/openai/to-provider-error.ts";

const endpoint: Endpoint = { id: "mine", title: "Mine", kind: "openai", baseURL: "https://a.example/v1", apiKey: "secret-key-1" };
const status = (code: number, error: object | null = { message: "No." }, message?: string, headers = new Headers()) => toProviderError(APIError.generate(code, { error }, message, headers), endpoint);
const broken = (cause: Error & { code?: string }) => toProviderError(new APIConnectionError({ message: "Connection error.", cause: new TypeError("fetch failed", { cause }) }), endpoint);

describe("an error of OpenAI's API", () => {
  it("has the kind that its status says, and the server's own words", () => {
    const kinds = [400, 401, 403, 404, 408, 409, 413, 418, 422, 429, 500, 503].map((code) => [code, status(code).kind]);
    assert.deepEqual(kinds, [
      [400, "invalid"], [401, "unauthorised"], [403, "forbidden"], [404, "not-found"], [408, "unreachable"], [409, "invalid"], [413, "invalid"], [418, "unexpected"], [422, "invalid"],
      [429, "rate-limited"], [500, "unexpected"], [503, "unexpected"],
    ]);
    assert.equal(status(400).message, "Mine refuses the request. Mine says: No.");
    assert.equal(status(500, null).message, "Mine has a fault of its own (HTTP 500). Try again later.");
    assert.match(status(502, null, "<html>Bad gateway</html>").message, /Mine says: <html>Bad gateway<\/html>$/);
  });

  it("tells a spent account from a limit that passes", () => {
    assert.match(status(429, { message: "You exceeded your current quota", code: "insufficient_quota" }).message, /waiting does not help/);
    assert.match(status(429, {}, undefined, new Headers({ "retry-after": "20" })).message, /^Mine takes no more requests for now\. Try again in 20 seconds\.$/);
  });

  it("says how the connection failed", () => {
    for (const [code, words] of [["ECONNREFUSED", /nothing listens/], ["ENOTFOUND", /no such name/], ["ECONNRESET", /was cut/], ["CERT_HAS_EXPIRED", /certificate is not trusted \(CERT_HAS_EXPIRED\)/], ["constructor", /connection failed.*Mine says: odd/]] as const) {
      const error = broken(Object.assign(new Error("odd"), { code }));
      assert.equal(error.kind, "unreachable");
      assert.match(error.message, words);
    }
    assert.match(toProviderError(new APIConnectionTimeoutError(), endpoint).message, /does not answer in time/);
    assert.equal(toProviderError(new TypeError("terminated"), endpoint).kind, "unreachable");
    assert.equal(broken(Object.assign(new Error("The blob could not be read"), { name: "NotReadableError" })).kind, "invalid");
    assert.equal(toProviderError("odd", endpoint).kind, "unexpected");
  });

  it("stays as it is when it has crossed already", () => {
    const error = new ProviderError("invalid", "Said.");
    assert.equal(toProviderError(error, endpoint), error);
  });

  it("never repeats a key, whole or in part, wherever a server puts it", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9_-]{8,40}$/);
    fc.assert(fc.property(word, word, fc.string(), fc.string(), (own, other, before, after) => {
      const { message } = toProviderError(APIError.generate(400, { error: { message: `${before}${own} sk-${other}, ${after}` } }, undefined, new Headers()), { ...endpoint, apiKey: own });
      assert.ok(!message.includes(own), message);
      assert.ok(!message.includes(`sk-${other}`), message);
    }));
    assert.match(status(401, { message: "Incorrect API key provided: sk-proj-****abcd. See the page." }).message, /provided: \[key\]\. See the page\.$/);
  });

  it("keeps a sane length of the server's words", () => assert.ok(status(400, { message: "x".repeat(10_000) }).message.length < 700));
});

describe("the body of a refusal", () => {
  it("is read where servers put their words", () => {
    assert.deepEqual(
      [{ error: { message: "a", code: 7 } }, { error: "b" }, { message: "c" }, { detail: "d" }, { detail: [{ msg: "e" }] }, { error: {} }, [], "f", null].map(readErrorBody),
      [{ message: "a", code: "7" }, { message: "b" }, { message: "c" }, { message: "d" }, { message: '[{"msg":"e"}]' }, {}, {}, {}, {}],
    );
  });
});

describe("the time that an answer asks to wait", () => {
  it("is read in milliseconds, in seconds and as a date", () => {
    const now = Date.parse("2026-11-01T00:00:00Z");
    const read = (headers: Record<string, string>) => retryAfter(new Headers(headers), now);
    assert.deepEqual([read({ "retry-after-ms": "1500" }), read({ "retry-after": "7" }), read({ "retry-after": "Sun, 01 Nov 2026 00:02:00 GMT" }), read({ "retry-after": "Sat, 31 Oct 2026 00:00:00 GMT" }), read({}), read({ "retry-after": "later" })], [1.5, 7, 120, 0, undefined, undefined]);
  });
});
