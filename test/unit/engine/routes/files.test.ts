import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { toFile } from "openai";
import { assertFollowsOpenAi } from "../../../support/openai-specification.ts";
import { scratchFolder } from "../../../support/scratch.ts";
import { startFakeEngine, type FakeEngine } from "../fake-engine.ts";
import { until } from "../fake-runner.ts";

const record = '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}\n';

describe("files over HTTP", () => {
  const { path } = scratchFolder();
  let number = 0;
  let state: string;
  let engine: FakeEngine;

  beforeEach(async () => {
    state = path(`state-${++number}`);
    engine = await startFakeEngine(state);
  });
  afterEach(() => engine.close());

  const form = (parts: Record<string, string | File>): FormData => {
    const made = new FormData();
    for (const [name, part] of Object.entries(parts)) made.append(name, part);
    return made;
  };
  const post = (body: BodyInit, headers: Record<string, string> = {}) => engine.ask("/files", { method: "POST", body, headers });
  const left = (): string[] => readdirSync(join(state, "files"));

  it("uploads, shows, gives back byte for byte, and deletes a file", async () => {
    const text = `${record}\u{1F600}\r\n`;
    const made = await engine.client.files.create({ file: await toFile(Buffer.from(text), "train.jsonl"), purpose: "fine-tune" });
    assertFollowsOpenAi("OpenAIFile", made);
    assert.deepEqual([made.filename, made.bytes, made.purpose], ["train.jsonl", Buffer.byteLength(text), "fine-tune"]);
    assert.deepEqual(await engine.client.files.retrieve(made.id), made);
    assert.equal(await (await engine.client.files.content(made.id)).text(), text);
    const { body } = await engine.ask(`/files/${made.id}`, { method: "DELETE" });
    assertFollowsOpenAi("DeleteFileResponse", body);
    for (const gone of ["", "/content"]) assert.equal((await engine.ask(`/files/${made.id}${gone}`)).status, 404);
    assert.deepEqual(left(), []);
  });

  it("lists page by page, in either order, by purpose", async () => {
    const made: string[] = [];
    for (const name of ["a", "b", "c"]) made.push(await engine.upload(record, name));
    const { body } = await engine.ask("/files?limit=2");
    assertFollowsOpenAi("ListFilesResponse", body);
    assert.deepEqual([body.data.map(({ id }: { id: string }) => id), body.first_id, body.last_id, body.has_more], [[made[2], made[1]], made[2], made[1], true]);
    const all: string[] = [];
    for await (const { id } of engine.client.files.list({ limit: 1, order: "asc" })) all.push(id);
    assert.deepEqual(all, made);
    const none = (await engine.ask("/files?purpose=batch")).body;
    assertFollowsOpenAi("ListFilesResponse", none);
    assert.deepEqual([none.data, none.has_more], [[], false]);
  });

  it("refuses limits, orders and places that mean nothing, and gives at most all for a limit beyond all bounds", async () => {
    const id = await engine.upload(record);
    for (const query of ["limit=-1", "limit=0", "limit=ten", "limit=1.5", "limit=", "order=up", "after=file-none"]) {
      const { status, body } = await engine.ask(`/files?${query}`);
      assert.equal(status, 400, query);
      assert.match(body.error.message, /^'(limit|order|after)' is .*; expected /);
      assert.equal(body.error.param, query.split("=")[0]);
    }
    assert.equal((await engine.ask(`/files?limit=${"9".repeat(400)}`)).body.data[0].id, id);
  });

  it("refuses in words what is no upload of one file with something in it, and leaves nothing behind", async () => {
    const file = new File([record], "train.jsonl");
    const multipart = { "content-type": "multipart/form-data; boundary=x" };
    const refused: readonly [message: RegExp, body: BodyInit, headers?: Record<string, string>][] = [
      [/^The file train\.jsonl is empty; expected at least one record\.$/, form({ purpose: "fine-tune", file: new File([], "train.jsonl") })],
      [/^'purpose' is a required property$/, form({ file })],
      [/^'file' is a required property$/, form({ purpose: "fine-tune" })],
      [/^'file' is a required property$/, form({ purpose: "fine-tune", other: file })],
      [/^'purpose' is plunder; expected one of fine-tune, /, form({ purpose: "plunder", file })],
      [/^The upload cannot be read as multipart\/form-data: Multipart: Boundary not found\.$/, "x", { "content-type": "multipart/form-data" }],
      [/^The upload cannot be read as multipart\/form-data: /, "this is no multipart", multipart],
      [/^The upload cannot be read as multipart\/form-data: /, '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\ncut', multipart],
      [/^Expected multipart\/form-data with the fields file and purpose\.$/, "{}", { "content-type": "application/json" }],
    ];
    for (const [message, body, headers] of refused) {
      const answer = await post(body, headers);
      assert.equal(answer.status, 400, String(message));
      assert.match(answer.body.error.message, message);
    }
    assert.deepEqual(left(), []);
  });

  it("takes of a name with separators the last part, and writes nowhere else", async () => {
    for (const [name, expected] of [["../../evil.jsonl", "evil.jsonl"], ["C:\\data\\train.jsonl", "train.jsonl"], ["..", /^(\.\.|data\.jsonl)$/]] as const) {
      const made = (await engine.ask(`/files/${await engine.upload(record, name)}`)).body;
      if (typeof expected === "string") assert.equal(made.filename, expected);
      else assert.match(made.filename, expected);
    }
    assert.deepEqual(readdirSync(state).sort(), ["files", "jobs"]);
    assert.equal(existsSync(path("evil.jsonl")), false);
  });

  it("leaves nothing of an upload whose sender goes away", async () => {
    const socket = connect(engine.port, "127.0.0.1");
    socket.write(`POST /v1/files HTTP/1.1\r\nHost: 127.0.0.1:${engine.port}\r\nAuthorization: Bearer secret\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n${"part ".repeat(30_000)}`);
    await until(() => left().length === 1);
    socket.destroy();
    await until(() => left().length === 0);
    assert.deepEqual(engine.store.files(), []);
  });

  it("says why the disk did not take an upload, and goes on", async () => {
    const folder = join(state, "files");
    rmSync(folder, { recursive: true });
    const { status, body } = await post(form({ purpose: "fine-tune", file: new File([record.repeat(5000)], "train.jsonl") }));
    assert.equal(status, 500);
    assert.deepEqual([body.error.type, body.error.message], ["server_error", "Cannot write the upload train.jsonl: its folder does not exist."]);
    assert.equal((await engine.ask("/files")).status, 200);
  });

  it("says that the disk is full", async function () {
    // Only Linux has a device that is always full.
    const full = process.platform === "linux" ? "/dev/full" : undefined;
    if (!full) return;
    await engine.close();
    symlinkSync(full, path("full.data.tmp"));
    engine = await startFakeEngine(path("full"), { spoil: (store) => ({ ...store, dataOf: () => path("full.data") }) });
    const { status, body } = await post(form({ purpose: "fine-tune", file: new File([record.repeat(50_000)], "train.jsonl") }));
    assert.deepEqual([status, body.error.message], [500, "Cannot write the upload train.jsonl: the disk is full."]);
    assert.equal(existsSync(path("full.data.tmp")), false);
  });

  it("says that the content of a file is gone", async () => {
    const id = await engine.upload(record);
    rmSync(engine.store.dataOf(id));
    const { status, body } = await engine.ask(`/files/${id}/content`);
    assert.deepEqual([status, body.error.message], [404, `The content of ${id} is no longer in the state folder. Upload it again.`]);
  });

  it("has on disk what it said that it took", async () => {
    const id = await engine.upload(record);
    assert.equal(readFileSync(join(state, "files", `${id}.data`), "utf8"), record);
    assert.equal((JSON.parse(readFileSync(join(state, "files", `${id}.json`), "utf8")) as { id: string }).id, id);
  });
});
