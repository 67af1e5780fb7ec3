import assert from "node:assert/strict";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { editRecord } from "../../../../src/dataset/record-edit.ts";
import type { FromRecordsWorker, ToRecordsWorker } from "../../../../src/workers/records/records-protocol.ts";
import { createRecordsSession } from "../../../../src/workers/records/records-session.ts";
import { scratchFolder } from "../../../support/scratch.ts";

type Asked<Message = Extract<ToRecordsWorker, { request: number }>> = Message extends unknown ? Omit<Message, "request"> : never;

describe("the worker of an open file", () => {
  const scratch = scratchFolder();

  /** A file of its own, and what asks its session. */
  function open(bytes: string | Buffer): { readonly path: string; ask(message: Asked): Promise<FromRecordsWorker> } {
    const path = scratch.path(`records-${Math.random().toString(36).slice(2)}.jsonl`);
    writeFileSync(path, bytes);
    const waiting = new Map<number, (message: FromRecordsWorker) => void>();
    const take = createRecordsSession((message) => message.type !== "indexed" && message.request !== undefined && waiting.get(message.request)?.(message));
    take({ type: "open", path });
    let request = 0;
    return { path, ask: (message) => new Promise((resolve) => {
      waiting.set(++request, resolve);
      take({ ...message, request } as ToRecordsWorker);
    }) };
  }
  const line = async (session: ReturnType<typeof open>, number: number): Promise<string | undefined> => {
    const answer = await session.ask({ type: "line", line: number, mostBytes: 1000 });
    assert.equal(answer.type, "line");
    return answer.type === "line" ? answer.text : undefined;
  };

  it("reads lines as they stand in the file, once they have been found, and tells that there is none", async () => {
    const session = open('{"a": 1.0}\r\n\n{"b": 2}');
    assert.deepEqual(await Promise.all([0, 1, 2, 3].map((number) => line(session, number))), ['{"a": 1.0}', "", '{"b": 2}', undefined]);
    assert.equal(await line(open(""), 0), undefined);
  });

  it("refuses a line of more bytes than are wanted", async () => {
    const answer = await open(`${"x".repeat(3000)}\n`).ask({ type: "line", line: 0, mostBytes: 1000 });
    assert.match(answer.type === "failed" ? answer.message : "", /line 1 has 0.0 MB, more than the 0.0 MB/);
  });

  it("writes a file anew with one line edited, and keeps every other byte, be it UTF-8 or not", async () => {
    const head = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{"a": "é"}\r\n{"b": 1.50, "text": "'), Buffer.from([0xff]), Buffer.from('", "c": 2}\r\n')]);
    const session = open(Buffer.concat([head, Buffer.from('{"d": 3}')]));
    const text = (await line(session, 1)) ?? "";
    const answer = await session.ask({ type: "edit-line", line: 1, text, replacements: editRecord(text, text.replace('"c": 2', '"c": "new"')) });
    assert.equal(answer.type, "line-edited");
    assert.deepEqual(readFileSync(session.path), Buffer.concat([head.subarray(0, -4), Buffer.from('"new"}\r\n{"d": 3}')]));
    assert.equal(await line(session, 2), '{"d": 3}');
    assert.deepEqual(readdirSync(dirname(session.path)).filter((name) => name.endsWith(".tmp")), []);
  });

  it("refuses to edit a line that is another one now, and a file that was written by somebody else", async () => {
    const session = open('{"a": 1}\n{"b": 2}\n');
    const edit = { type: "edit-line", line: 1, replacements: [{ start: 6, end: 7, text: "3" }] } as const;
    const other = await session.ask({ ...edit, text: '{"b": 9}' });
    assert.match(other.type === "failed" ? other.message : "", /^Cannot write .*: line 2 has changed since the record was opened\.$/);
    appendFileSync(session.path, '{"c": 3}\n');
    const changed = await session.ask({ ...edit, text: '{"b": 2}' });
    assert.match(changed.type === "failed" ? changed.message : "", /it was changed since it was opened/);
    assert.equal(readFileSync(session.path, "utf8"), '{"a": 1}\n{"b": 2}\n{"c": 3}\n');
  });

  it("puts a line behind the last one, with the breaks that the file has", async () => {
    for (const [before, after, number] of [["", "{}\n", 0], ['{"a": 1}\r\n{"b": 2}', '{"a": 1}\r\n{"b": 2}\r\n{}\r\n', 2], ['{"a": 1}\n', '{"a": 1}\n{}\n', 1]] as const) {
      const session = open(before);
      assert.deepEqual(await session.ask({ type: "add-line", text: "{}" }), { type: "line-added", request: 1, line: number });
      assert.equal(readFileSync(session.path, "utf8"), after);
      assert.equal(await line(session, number), "{}");
    }
  });

  it("takes away a line that still is what it was, and no other byte", async () => {
    const session = open('{"a": 1}\r\n{"b": 2}\r\n{"c": 3}');
    const other = await session.ask({ type: "remove-line", line: 1, text: "{}" });
    assert.match(other.type === "failed" ? other.message : "", /line 2 has changed since it was read/);
    assert.equal((await session.ask({ type: "remove-line", line: 1, text: '{"b": 2}' })).type, "line-removed");
    assert.equal(readFileSync(session.path, "utf8"), '{"a": 1}\r\n{"c": 3}');
    assert.equal(await line(session, 1), '{"c": 3}');
  });

  it("writes no record into UTF-16", async () => {
    const session = open(Buffer.from('\uFEFF{"a": 1}\n', "utf16le"));
    assert.equal(await line(session, 0), '{"a": 1}');
    const answer = await session.ask({ type: "add-line", text: "{}" });
    assert.match(answer.type === "failed" ? answer.message : "", /it is in UTF-16, .* save it as UTF-8 first/);
  });
});
