import assert from "node:assert/strict";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "../../../src/engine/store.ts";
import type { StoredEvent, StoredFile } from "../../../src/engine/stored.ts";
import { scratchFolder } from "../../support/scratch.ts";
import { storedJob } from "./stored-job.ts";

const file: StoredFile = { id: "file-1", object: "file", bytes: 3, created_at: 5, filename: "train.jsonl", purpose: "fine-tune", status: "processed" };
const event = (message: string): StoredEvent => ({ object: "fine_tuning.job.event", id: `ft-event-${message}`, created_at: 1, level: "info", message, type: "message" });

describe("openStore", () => {
  const { path } = scratchFolder();

  it("finds again what was kept, newest first", async () => {
    const first = openStore(path("kept"), assert.fail);
    await first.saveFile(file);
    await first.addJob(storedJob({ id: "ftjob-old", created_at: 1 }));
    await first.addJob(storedJob({ id: "ftjob-new", created_at: 2 }));
    first.addEvent("ftjob-old", event("one"));
    const second = openStore(path("kept"), assert.fail);
    assert.deepEqual(second.files(), [file]);
    assert.deepEqual(second.jobs(), first.jobs());
    assert.deepEqual(second.jobs().map(({ id }) => id), ["ftjob-new", "ftjob-old"]);
    assert.deepEqual(second.events("ftjob-old"), [event("one")]);
  });

  it("sets aside what it cannot read, deletes nothing, and says so once", async () => {
    const store = openStore(path("broken"), assert.fail);
    await store.addJob(storedJob({ id: "ftjob-good" }));
    const jobs = join(path("broken"), "jobs");
    const broken = { "ftjob-cut.job.json": '{"id":"ftjob-cut","mod', "ftjob-old.job.json": '{"id":"ftjob-old"}', "ftjob-empty.job.json": "", "ftjob-other.job.json": JSON.stringify(storedJob({ id: "ftjob-good" })) };
    for (const [name, text] of Object.entries(broken)) writeFileSync(join(jobs, name), text);
    writeFileSync(join(path("broken"), "files", "file-cut.json"), "null");

    const told: string[] = [];
    const opened = openStore(path("broken"), (line) => told.push(line));
    assert.deepEqual(opened.jobs().map(({ id }) => id), ["ftjob-good"]);
    assert.equal(told.length, 5, told.join("\n"));
    assert.ok(told.some((line) => /ftjob-old\.job\.json cannot be read: model: .*It was set aside as .*unreadable/.test(line)), told.join("\n"));
    const names = readdirSync(jobs);
    for (const [name, text] of Object.entries(broken)) assert.equal(readFileSync(join(jobs, names.find((each) => each.startsWith(`${name}.unreadable-`)) ?? ""), "utf8"), text);
    openStore(path("broken"), assert.fail);
  });

  it("reads a job of an engine that wrote no result files, and its events", async () => {
    const store = openStore(path("older"), assert.fail);
    await store.addJob(storedJob({ id: "ftjob-1" }));
    const { result_files: _none, ...older } = storedJob({ id: "ftjob-1" });
    writeFileSync(join(path("older"), "jobs", "ftjob-1.job.json"), JSON.stringify(older));
    writeFileSync(join(path("older"), "jobs", "ftjob-1.events.jsonl"), `${JSON.stringify({ ...event("one"), data: null })}\n`);
    const opened = openStore(path("older"), assert.fail);
    assert.deepEqual(opened.jobs()[0]?.result_files, []);
    assert.deepEqual(opened.events("ftjob-1").map(({ message }) => message), ["one"]);
  });

  it("loses no event but the one that a crash cut short", () => {
    const store = openStore(path("events"), assert.fail);
    store.addEvent("ftjob-1", event("one"));
    appendFileSync(join(path("events"), "jobs", "ftjob-1.events.jsonl"), '\n{"object":"fine_tun');
    store.addEvent("ftjob-1", event("two"));
    assert.deepEqual(store.events("ftjob-1").map(({ message }) => message), ["one", "two"]);
  });

  it("removes uploads that were under way when the engine was killed", () => {
    mkdirSync(join(path("uploads"), "files"), { recursive: true });
    const at = (name: string): string => join(path("uploads"), "files", name);
    // A whole upload that was not announced yet is nobody's either; one whose description cannot be read is somebody's.
    for (const name of ["file-1.data.tmp", "file-2.data", "file-3.data", "file-3.json.unreadable-1"]) writeFileSync(at(name), "half");
    openStore(path("uploads"), assert.fail);
    assert.deepEqual(["file-1.data.tmp", "file-2.data", "file-3.data"].map((name) => existsSync(at(name))), [false, false, true]);
  });

  it("changes a job by one after the other, each as it then is", async () => {
    const store = openStore(path("changes"), assert.fail);
    await store.addJob(storedJob({ id: "ftjob-1", restarts: 0 }));
    await Promise.all(Array.from({ length: 5 }, () => store.changeJob("ftjob-1", ({ restarts }) => ({ restarts: restarts + 1 }))));
    assert.equal(openStore(path("changes"), assert.fail).jobs()[0]?.restarts, 5);
    assert.equal(await store.changeJob("ftjob-1", () => undefined), undefined);
    assert.equal(await store.changeJob("ftjob-none", () => assert.fail()), undefined);
  });

  it("rejects in words when the disk does not take a change, and keeps the job as it was", async () => {
    const store = openStore(path("refused"), assert.fail);
    await store.addJob(storedJob({ id: "ftjob-1", status: "queued" }));
    // A folder where the file belongs stands for any disk that refuses.
    const place = join(path("refused"), "jobs", "ftjob-2.job.json");
    mkdirSync(place);
    await assert.rejects(store.addJob(storedJob({ id: "ftjob-2" })), { name: "FileError", message: /^Cannot write .*ftjob-2\.job\.json: / });
    assert.deepEqual(store.jobs().map(({ id }) => id), ["ftjob-1"]);
    assert.equal((await store.changeJob("ftjob-1", () => ({ status: "running" })))?.status, "running", "one failure does not stop the changes after it");
  });
});
