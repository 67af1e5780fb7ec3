import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { findFiles } from "../../../src/cli/find-files.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("the files that arguments mean", () => {
  const scratch = scratchFolder();
  const find = async (...names: string[]) => (await findFiles(names.map((name) => scratch.path(name)))).map((found) => ("path" in found ? found.path : `unmatched ${found.unmatched}`));

  before(() => {
    for (const name of ["b.jsonl", "a.jsonl", "a[1].jsonl", "a1.jsonl", "(x).jsonl"]) scratch.file(name, "");
    mkdirSync(scratch.path("folder.jsonl"));
  });

  it("are patterns' matches in alphabetical order, files only, where nothing bears the name", async () => {
    assert.deepEqual(await find("?.jsonl"), [scratch.path("a.jsonl"), scratch.path("b.jsonl")]);
    assert.deepEqual(await find("f*.jsonl"), [`unmatched ${scratch.path("f*.jsonl")}`]);
  });

  it("are taken literally where something bears the name", async () => {
    assert.deepEqual(await find("a[1].jsonl", "(x).jsonl", "folder.jsonl"), ["a[1].jsonl", "(x).jsonl", "folder.jsonl"].map((name) => scratch.path(name)));
    if (process.platform === "win32") return;
    symlinkSync("nowhere", scratch.path("[link].jsonl"));
    assert.deepEqual(await find("[link].jsonl"), [scratch.path("[link].jsonl")]);
  });

  it("keep the order of the arguments, and are paths when they are no pattern", async () => {
    assert.deepEqual(await find("b.jsonl", "gone.jsonl", "a.jsonl", "b.jsonl"), ["b.jsonl", "gone.jsonl", "a.jsonl", "b.jsonl"].map((name) => scratch.path(name)));
  });
});
