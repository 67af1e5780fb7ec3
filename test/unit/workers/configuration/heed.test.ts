import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { sourceOf } from "../../../../src/dataset/lines.ts";
import { lintOnce } from "../../../../src/dataset/lint.ts";
import { openaiSft } from "../../../../src/dataset/targets/openai.ts";
import { applySeverities } from "../../../../src/dataset/severities.ts";
import { createConfigurations, type Configurations } from "../../../../src/workers/configuration/heed.ts";
import { scratchFolder } from "../../../support/scratch.ts";

describe("configurations for the editor", () => {
  const scratch = scratchFolder();
  const result = lintOnce(sourceOf("\n{"), openaiSft);
  const asWanted = (configurations: Configurations, path: string) => applySeverities(result, configurations.severities(path));
  const rulesOf = ({ findings }: typeof result): string[] => findings.map(({ rule }) => rule);

  it("are looked at again only when they are told to have changed", () => {
    const path = scratch.path("a.jsonl");
    const configurations = createConfigurations(assert.fail);
    assert.ok(rulesOf(asWanted(configurations, path)).includes("blank-line"));
    const configuration = scratch.file("tunesmith.jsonc", '{"rules": {"blank-line": "off"}}');
    assert.ok(rulesOf(asWanted(configurations, path)).includes("blank-line"));
    configurations.forget();
    assert.ok(!rulesOf(asWanted(configurations, path)).includes("blank-line"));
    assert.deepEqual(configurations.severities(path), { "blank-line": "off" });
    assert.equal(configurations.severities(undefined), undefined, "a document that is nowhere on disk has none");
    rmSync(configuration);
  });

  it("hide what they ignore while it is typed, and not when the user asks for it", () => {
    scratch.file("tunesmith.jsonc", '{"ignore": ["old.jsonl"]}');
    const configurations = createConfigurations(assert.fail);
    assert.equal(configurations.ignores(scratch.path("old.jsonl")), true);
    assert.deepEqual(asWanted(configurations, scratch.path("old.jsonl")), result);
    assert.equal(configurations.ignores(scratch.path("new.jsonl")), false);
  });

  it("count as none where they cannot be used, which is told once", () => {
    scratch.file("tunesmith.jsonc", "{");
    const told: string[] = [];
    const configurations = createConfigurations((message) => told.push(message));
    for (const name of ["a.jsonl", "b.jsonl"]) assert.deepEqual(asWanted(configurations, scratch.path(name)), result);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? "", /tunesmith\.jsonc:1:2 This is no JSON/);
    configurations.forget();
    asWanted(configurations, scratch.path("a.jsonl"));
    assert.equal(told.length, 2);
  });
});
