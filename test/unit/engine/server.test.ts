import assert from "node:assert/strict";
import { request } from "node:http";
import { connect } from "node:net";
import { listen } from "../../../src/engine/server.ts";
import { Hono } from "hono";
import { scratchFolder } from "../../support/scratch.ts";
import { startFakeEngine, type FakeEngine } from "./fake-engine.ts";

describe("the engine's server", () => {
  const { path } = scratchFolder();
  let engine: FakeEngine;
  before(async () => {
    engine = await startFakeEngine(path("state"));
  });
  after(() => engine.close());

  /** `fetch` does not let a Host header be set. */
  const statusFor = (headers: Record<string, string>): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      request({ host: "127.0.0.1", port: engine.port, path: "/v1/models", headers }, (response) => resolve(response.resume().statusCode)).on("error", reject).end();
    });

  it("takes its token only", async () => {
    for (const authorization of ["Bearer wrong", "Bearer ", "secret", "Bearer secretx", ""]) {
      const { status, body } = await engine.ask("/models", { headers: { authorization } });
      assert.equal(status, 401, authorization);
      assert.equal(body.error.code, "invalid_api_key");
    }
  });

  it("takes this machine's names only, so that no page reaches it under another", async () => {
    const authorization = "Bearer secret";
    for (const host of [`127.0.0.1:${engine.port}`, `localhost:${engine.port}`]) assert.equal(await statusFor({ host, authorization }), 200, host);
    for (const host of ["evil.example", `evil.example:${engine.port}`, "127.0.0.1.evil.example:80", "[::2]:80"]) assert.equal(await statusFor({ host, authorization }), 403, host);
  });

  it("listens on loopback only", async () => {
    assert.match(engine.client.baseURL, /^http:\/\/127\.0\.0\.1:/);
    const socket = connect(engine.port, "127.0.0.1");
    await new Promise((resolve) => socket.once("connect", resolve));
    assert.equal(socket.remoteAddress, "127.0.0.1");
    socket.destroy();
  });

  it("says that an address is unknown", async () => {
    const { status, body } = await engine.ask("/assistants");
    assert.deepEqual([status, body.error.message], [404, "Unknown request URL: GET /v1/assistants."]);
  });

  it("says that a port is taken", async () => {
    await assert.rejects(listen(new Hono(), engine.port), { message: `Port ${engine.port} is in use by another program. Choose another one, or 0 for a free one.` });
  });
});
