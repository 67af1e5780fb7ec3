import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { createLocalEngine, type LocalEngine } from "../../../src/launch/local-engine.ts";
import { scratchFolder } from "../../support/scratch.ts";

/** An engine as far as its starter can tell: it announces itself, answers with its token, and ends when it is told to. */
const program = `
  import { createServer } from "node:http";
  import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
  const state = process.argv[process.argv.indexOf("--state") + 1];
  mkdirSync(state + "/jobs", { recursive: true });
  appendFileSync(state + "/starts", process.pid + "\\n");
  const server = createServer((request, response) => response.writeHead(request.headers.authorization === "Bearer secret" ? 200 : 401).end("{}"));
  server.listen(0, "127.0.0.1", () => {
    const address = JSON.stringify({ baseURL: "http://127.0.0.1:" + server.address().port + "/v1", token: "secret", pid: process.pid });
    writeFileSync(state + "/engine.json", address);
    console.log(address);
  });`;

describe("starting the local engine", () => {
  const scratch = scratchFolder();
  const signal = new AbortController().signal;
  const engineOf = (name: string, text: string): LocalEngine => createLocalEngine({ program: pathToFileURL(scratch.file(`${name}.mjs`, text)), state: scratch.path(name), tell: () => undefined });
  const starts = (name: string): number[] => readFileSync(scratch.path(`${name}/starts`), "utf8").trim().split("\n").map(Number);
  const end = async (pid: number): Promise<void> => {
    process.kill(pid, "SIGKILL");
    for (let alive = true; alive; await delay(20)) {
      try {
        process.kill(pid, 0);
      } catch {
        alive = false;
      }
    }
  };

  it("starts one for all who ask, and finds it again; starts another when it was killed", async () => {
    const engine = engineOf("one", program);
    assert.equal(engine.wasUsed(), false);
    const [first, second] = await Promise.all([engine.address(signal), engine.address(signal)]);
    assert.deepEqual(first, second);
    assert.deepEqual(await engineOf("one", program).address(signal), first);
    assert.ok(engine.wasUsed());
    assert.equal(starts("one").length, 1);
    await end(starts("one")[0] ?? 0);
    assert.notEqual((await engine.address(signal)).baseURL, first.baseURL);
    await end(starts("one")[1] ?? 0);
  });

  it("tells each engine of the clusters of the settings before it is used, once, and again when they have changed", async () => {
    const told = `
      import { createServer } from "node:http";
      import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
      const state = process.argv[process.argv.indexOf("--state") + 1];
      mkdirSync(state, { recursive: true });
      appendFileSync(state + "/starts", process.pid + "\\n");
      const server = createServer(async (request, response) => {
        let body = "";
        for await (const part of request) body += part;
        if (request.method === "PUT") appendFileSync(state + "/told", request.url + " " + request.headers.authorization + " " + body + "\\n");
        response.writeHead(request.method === "PUT" ? 204 : 200).end();
      });
      server.listen(0, "127.0.0.1", () => {
        const address = JSON.stringify({ baseURL: "http://127.0.0.1:" + server.address().port + "/v1", token: "secret", pid: process.pid });
        writeFileSync(state + "/engine.json", address);
        console.log(address);
      });`;
    let clusters: readonly { readonly name: string; readonly address: string }[] = [];
    const engine = createLocalEngine({ program: pathToFileURL(scratch.file("told.mjs", told)), state: scratch.path("told"), tell: () => undefined, clusters: () => clusters });
    await engine.address(signal);
    assert.ok(!existsSync(scratch.path("told/told")), "there is nothing to tell");
    clusters = [{ name: "lab", address: "http://127.0.0.1:8265" }];
    await engine.address(signal);
    await engine.address(signal);
    clusters = [];
    await engine.address(signal);
    assert.deepEqual(readFileSync(scratch.path("told/told"), "utf8").trim().split("\n"), [
      '/v1/clusters Bearer secret {"clusters":[{"name":"lab","address":"http://127.0.0.1:8265"}]}', '/v1/clusters Bearer secret {"clusters":[]}',
    ]);
    await end(starts("told")[0] ?? 0);
  });

  it("says why an engine did not start, in its own last words", async () => {
    await assert.rejects(engineOf("failing", 'console.error("The disk is full."); process.exit(2)').address(signal), /The local engine did not start: it ended with code 2\. Its last words: The disk is full\./);
    await assert.rejects(engineOf("odd", 'console.log("hello"); setInterval(() => undefined, 1000)').address(signal), /it said "hello" and does not answer/);
  });

  it("trusts no announcement of another machine", async () => {
    const engine = engineOf("planted", program);
    const { baseURL } = await engine.address(signal);
    await end(starts("planted")[0] ?? 0);
    scratch.file("planted/engine.json", JSON.stringify({ baseURL: "http://evil.example/v1", token: "secret", pid: process.pid }));
    const again = await engine.address(signal);
    assert.notEqual(again.baseURL, baseURL);
    assert.match(again.baseURL, /^http:\/\/127\.0\.0\.1:/);
    await end(starts("planted")[1] ?? 0);
    assert.ok(existsSync(scratch.path("planted/engine.log")));
  });
});
