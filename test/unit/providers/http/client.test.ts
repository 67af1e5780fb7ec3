import assert from "node:assert/strict";
import { createHttpClient } from "../../../../src/providers/http/client.ts";
import { toForm, toMultipart } from "../../../../src/providers/http/multipart.ts";
import { createSignedTransfers } from "../../../../src/providers/http/signed-transfer.ts";
import { cut, cutHalfway, redirecting, refusal, startFakeServer, type FakeServer } from "../../../support/fake-server.ts";
import { live, providerError } from "../contract/stage.ts";

describe("requests to a service without a package of its own", () => {
  let fake: FakeServer;
  let other: FakeServer;
  const start = () => startFakeServer({
    basePath: "/v1", key: "key-0123456789", open: "/signed",
    unauthorised: (context) => context.json({ error: { message: `No such key: ${context.req.header("authorization")}` } }, 401),
    route(app) {
      app.get("/thing", (context) => context.json({ thing: context.req.query() }));
      app.post("/thing", async (context) => context.json({ got: await context.req.text(), type: context.req.header("content-type") ?? null }));
      app.post("/form", async (context) => {
        const { file, ...fields } = await context.req.parseBody();
        return context.json({ ...fields, ...(file instanceof File ? { name: file.name, text: await file.text() } : {}) });
      });
    },
    routeOpen: (app) => void app.put("/x", async (context) => context.body(await context.req.text(), 200, { etag: '"1"' })).get("/x", (context) => context.body("stored")),
  });
  beforeEach(async () => {
    [fake, other] = [await start(), await start()];
  });
  afterEach(async () => {
    await fake.close();
    await other.close();
  });
  const endpoint = () => ({ id: "mine", title: "Mine", kind: "mine", baseURL: `${fake.baseURL}/`, apiKey: fake.key });
  const client = () => createHttpClient(endpoint());

  it("say what they want and who sends, and nothing else", async () => {
    assert.deepEqual(await client().get("/thing", { a: 1, b: "x y", c: undefined }, live()), { thing: { a: "1", b: "x y" } });
    const { authorization, "user-agent": agent, accept, cookie } = fake.received[0]?.headers ?? {};
    assert.deepEqual([authorization, agent, accept, cookie], [`Bearer ${fake.key}`, "Tunesmith", "application/json", undefined]);
    assert.deepEqual(await client().post("/thing", { a: "ä" }, live()), { got: '{"a":"ä"}', type: "application/json" });
    assert.deepEqual(await client().post("/thing", undefined, live()), { got: "", type: null });
  });

  it("are read again after a passing failure, and posted once", async () => {
    for (const fault of [cut, cutHalfway, refusal(503, "Busy", null, { "retry-after": "0" }), refusal(429, "Slow", null, { "retry-after-ms": "1" })]) {
      fake.misbehave("GET /thing", fault);
      fake.misbehave("POST /thing", fault);
      assert.deepEqual(await client().get("/thing", {}, live()), { thing: {} });
      await assert.rejects(client().post("/thing", {}, live()));
    }
    assert.deepEqual([fake.times("GET /thing"), fake.times("POST /thing")], [8, 4]);
  });

  it("are told of one by one as they leave, those that are sent again too", async () => {
    let sent = 0;
    const counting = createHttpClient({ ...endpoint(), sent: () => void (sent += 1) });
    fake.misbehave("GET /thing", refusal(503, "Busy", null, { "retry-after": "0" }));
    await counting.get("/thing", {}, live());
    assert.equal(sent, 2);
  });

  it("are posted again only as often as their sender says that it does no harm", async () => {
    fake.misbehave("POST /thing", refusal(503, "Busy", null, { "retry-after": "0" }), 9);
    await assert.rejects(client().post("/thing", {}, live(), { maximumRetries: 2 }), providerError("unexpected"));
    assert.equal(fake.times("POST /thing"), 3);
  });

  it("are not repeated when they are refused", async () => {
    for (const [status, kind] of [[400, "invalid"], [401, "unauthorised"], [402, "forbidden"], [403, "forbidden"], [404, "not-found"], [409, "invalid"], [412, "invalid"], [422, "invalid"]] as const) {
      fake.misbehave("GET /thing", refusal(status, "No."));
      await assert.rejects(client().get("/thing", {}, live()), providerError(kind, /Mine says: No\.$/));
    }
    assert.equal(fake.times("GET /thing"), 8);
  });

  it("follow no redirect, so that the key stays where it belongs", async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      fake.misbehave("GET /thing", redirecting(`${other.baseURL}/thing`, status));
      await assert.rejects(client().get("/thing", {}, live()), providerError("unexpected", /was not followed/));
    }
    fake.misbehave("POST /form", redirecting(`${other.baseURL}/form`));
    await assert.rejects(client().post("/form", toMultipart({}, { field: "file", name: "a", type: "text/plain", content: new Blob(["a"]) }), live()), providerError("unexpected", /sends the file on/));
    assert.deepEqual(other.received, []);
  });

  it("end with the signal's own reason, at once", async () => {
    const stop = new AbortController();
    const reason = new Error("enough");
    fake.misbehave("GET /thing", refusal(503, "Busy", null, { "retry-after": "50" }));
    const waiting = client().get("/thing", {}, stop.signal);
    while (fake.times("GET /thing") === 0) await new Promise((resolve) => setImmediate(resolve));
    stop.abort(reason);
    await assert.rejects(waiting, (error) => error === reason);
    await assert.rejects(client().get("/thing", {}, stop.signal), (error) => error === reason);
  });

  it("carry forms whose names may be anything, with their length known before", async () => {
    const told: number[] = [];
    const form = toMultipart({ purpose: "fine-tune", 'odd"\r\nname': "väl\r\nue" }, { field: "file", name: 'ü".jsonl', type: "text/plain", content: new Blob(["x".repeat(200_000)]) }, (sent) => told.push(sent));
    const answer = (await client().post("/form", form, live())) as Record<string, string>;
    assert.deepEqual([answer["purpose"], answer["name"], answer["text"]?.length], ["fine-tune", 'ü".jsonl', 200_000]);
    assert.equal(fake.received.at(-1)?.headers["content-length"], String(form.length));
    assert.equal(told.at(-1), 200_000);
    assert.deepEqual(await client().post("/form", toForm({ a: "1", b: "2" }), live()), { a: "1", b: "2" });
  });

  describe("and transfers to addresses that it has signed", () => {
    it("bear no key", async () => {
      const transfers = createSignedTransfers(endpoint());
      const headers = await transfers.put(`${fake.origin}/signed/x?signature=1`, toForm({ a: "1" }), { "x-extra": "yes" }, live());
      assert.equal(headers.get("etag"), '"1"');
      for await (const piece of (await transfers.get(`${fake.origin}/signed/x`, live())).content) assert.equal(Buffer.from(piece).toString(), "stored");
      assert.deepEqual(fake.received.map(({ headers: { authorization, "x-extra": extra } }) => [authorization, extra]), [[undefined, "yes"], [undefined, undefined]]);
    });

    it("go to encrypted addresses only, unless the service itself is on this machine", async () => {
      const remote = createSignedTransfers({ ...endpoint(), baseURL: "https://api.example/v1" });
      for (const url of [`${fake.origin}/signed/x`, "http://store.example/x", "ftp://store.example", "no address"]) await assert.rejects(remote.get(url, live()), providerError("unexpected", /not encrypted/));
      assert.deepEqual(fake.received, []);
    });

    it("say when an address has expired, without repeating it", async () => {
      fake.misbehave("GET /signed/x", () => new Response("Signature secret expired", { status: 403 }));
      await assert.rejects(createSignedTransfers(endpoint()).get(`${fake.origin}/signed/x?signature=secret`, live()), (error) => providerError("not-found", /no longer valid \(HTTP 403\)/)(error) && !String(error).includes("secret"));
    });
  });
});
