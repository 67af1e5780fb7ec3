import assert from "node:assert/strict";
import { chmodSync, mkdirSync } from "node:fs";
import { ConfigurationError, createConfigurationFinder, readConfiguration } from "../../../../src/workers/configuration/find.ts";
import { scratchFolder } from "../../../support/scratch.ts";

describe("the configuration of a folder", () => {
  const scratch = scratchFolder();
  before(() => {
    for (const folder of ["a", "a/b", "a/b/c", "a/broken"]) mkdirSync(scratch.path(folder));
    scratch.file("a/tunesmith.jsonc", '{"maxWarnings": 1, "ignore": ["old/", "**/*.tmp.jsonl", "b/x.jsonl"]}');
    scratch.file("a/b/tunesmith.jsonc", '{"rules": {"utf-16": "off"}}');
    scratch.file("a/broken/tunesmith.jsonc", '{"maxWarnings":\n"few"}');
  });

  it("is the nearest one, in it or above it, and that alone", () => {
    const find = createConfigurationFinder();
    assert.deepEqual(find(scratch.path("a"))?.settings.maxWarnings, 1);
    assert.deepEqual(find(scratch.path("a/b/c"))?.settings, { rules: { "utf-16": "off" } });
    assert.equal(find(scratch.path("a/b/c")), find(scratch.path("a/b")), "each is read once");
    assert.equal(find(scratch.path("."))?.folder.startsWith(scratch.path("a")) ?? false, false);
    assert.equal(find(scratch.path("not/there")), find(scratch.path(".")));
  });

  it("ignores what its patterns match, relative to its folder", () => {
    const configuration = createConfigurationFinder()(scratch.path("a"));
    const ignored = (path: string): boolean | undefined => configuration?.ignores(scratch.path(path));
    assert.deepEqual(["a/old/x.jsonl", "a/old/deep/x.jsonl", "a/b/c/y.tmp.jsonl", "a/b/x.jsonl"].map(ignored), [true, true, true, true]);
    assert.deepEqual(["a/x.jsonl", "a/older/x.jsonl", "old/x.jsonl", "a/b/c/x.jsonl"].map(ignored), [false, false, false, false]);
  });

  it("is refused with the place of every fault", () => {
    const expected = { name: "ConfigurationError", message: `${scratch.path("a/broken/tunesmith.jsonc")}:2:1 "maxWarnings" is "few"; expected is a number.` };
    assert.throws(() => createConfigurationFinder()(scratch.path("a/broken")), expected);
    assert.throws(() => readConfiguration(scratch.path("a/broken/tunesmith.jsonc")), ConfigurationError);
  });

  it("is not taken for missing when it cannot be read", () => {
    assert.throws(() => readConfiguration(scratch.path("none.jsonc")), /Cannot read .*none\.jsonc: there is no such file\./);
    mkdirSync(scratch.path("a/b/c/tunesmith.jsonc"));
    assert.throws(() => createConfigurationFinder()(scratch.path("a/b/c")), /it is a directory/);
    // Root may read everything.
    if (process.platform === "win32" || process.getuid?.() === 0) return;
    chmodSync(scratch.path("a/b/tunesmith.jsonc"), 0);
    assert.throws(() => createConfigurationFinder()(scratch.path("a/b")), /you have no permission/);
  });
});
