import assert from "node:assert/strict";
import { readBaseUrl } from "../../../../src/providers/http/base-url.ts";
import { providerError } from "../contract/stage.ts";

const read = (baseURL: string): string => readBaseUrl({ title: "Mine", baseURL }).href;

describe("the base URL that a key is sent to", () => {
  it("is encrypted, or on this machine", () => {
    for (const url of ["https://api.openai.com/v1", "https://[2001:db8::1]:8443/v1/", "http://127.0.0.1:4311/v1", "http://localhost:8080/", "http://[::1]:1/v1", "http://127.9.9.9/v1"]) assert.equal(read(url), url);
  });

  it("is refused with a reason otherwise", () => {
    for (const url of ["http://api.openai.com/v1", "http://localhost.example.com/v1", "http://127.0.0.1.example.com", "http://10.0.0.1/v1", "http://0.0.0.0/v1"]) assert.throws(() => read(url), providerError("invalid", /base URL of Mine cannot be used: .* is not encrypted/));
    for (const url of ["ftp://localhost/v1", "file:///etc/passwd", "javascript:alert(1)"]) assert.throws(() => read(url), providerError("invalid", /begins with \w+: where https: is expected/));
    for (const url of ["", "api.openai.com/v1", "/v1"]) assert.throws(() => read(url), providerError("invalid", /URL/));
    assert.throws(() => read("https://a.example/v1?key=1"), providerError("invalid", /query/));
  });

  it("is not repeated when it has a password", () => {
    assert.throws(() => read("https://user:hunter2@a.example/v1"), (error) => providerError("invalid", /user name or a password/)(error) && !String(error).includes("hunter2"));
  });
});
