import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { checkFile } from "together-ai/lib/check-file";
import { glob } from "tinyglobby";
import type { Finding } from "../../../src/dataset/finding.ts";
import { splitLines } from "../../../src/dataset/lines.ts";
import { lintOnce } from "../../../src/dataset/lint.ts";
import { findTarget } from "../../../src/dataset/targets/index.ts";
import { decode } from "../../support/decode.ts";
import { scratchFolder } from "../../support/scratch.ts";

/** Why Tunesmith takes a record that the npm package refuses: what the package says, and the reason. */
const taken: readonly { readonly says: RegExp; readonly reason: string }[] = [
  { says: /Found extra column "tools"/, reason: "Together's documentation and its newer checkers take tools beside a conversation." },
  { says: /Invalid role `tool`/, reason: "Newer checkers take the role tool." },
  { says: /Missing required column `content`/, reason: "Newer checkers want a role only: an assistant that calls a tool says nothing." },
  { says: /`(?:non_)?preferred_output` must have a 'content' field/, reason: "The same of an answer in a pair." },
  { says: /Column `content` is not a string.*object/, reason: "The Python package takes texts and images as content parts; this one does not yet." },
  { says: /Invalid role turns/, reason: "The results of several calls stand in a row; only with the role tool, which this package does not know." },
];

/** Why Tunesmith refuses a record that the npm package takes: the rule, and the reason. */
const refused: Readonly<Record<string, string>> = {
  "duplicate-key": "The parser keeps one value and drops the other in silence.",
  "lone-surrogate": "JavaScript reads half a character; Python, which the server runs, cannot encode it.",
  "invalid-weight": "JavaScript cannot tell 1.0 from 1; Together's Python checker refuses 1.0.",
  "role-order": "Together's documentation: a conversation starts with system or user; the server checks it.",
  "misplaced-system": "Together's documentation: one optional system message, at the beginning.",
  "wrong-shape": "A key beside those that the package looks at has a value of the wrong type, which the server checks.",
  "nothing-trained": "Every answer has the weight 0; the package does not look.",
  "unknown-key": "A key beside the format's, which the package looks for only where it knows the format.",
};

describe("together-ai's checkFile and the target together", () => {
  const folder = scratchFolder();
  const sft = findTarget("together", "sft");
  const dpo = findTarget("together", "dpo");
  assert.ok(sft && dpo);

  it("agree on every record of every fixture, but for the reasons that are listed", async () => {
    const lines = new Set<string>();
    for (const file of await glob("test/fixtures/rules/*/*.jsonl", { ignore: ["**/*.fixed.jsonl", "**/too-many-records/**"] })) {
      for (const { text } of splitLines(decode(readFileSync(file)).text)) lines.add(text);
    }
    const path = folder.path("record.jsonl");
    const differences: string[] = [];
    let agreed = 0;
    for (const line of lines) {
      if (line.includes("\uFFFD")) continue;
      writeFileSync(path, `${line}\n`);
      const theirs = await checkFile(path);
      // Their checker knows no methods; a pair is judged as one.
      const target = /"(?:non_)?preferred_|"input": ?\{/.test(line) ? dpo : sft;
      const { findings } = lintOnce(decode(Buffer.from(`${line}\n`)).source, target);
      const errors = findings.filter(({ severity }) => severity === "error");
      if (theirs.is_check_passed === (errors.length === 0)) agreed++;
      else if (!isListed(String(theirs.message), errors)) differences.push(`${line.slice(0, 200)}\n  theirs: ${String(theirs.message)}\n  ours: ${errors.map(({ rule, message }) => `${rule}: ${message}`).join("; ")}`);
    }
    assert.deepEqual(differences, []);
    assert.ok(agreed > 200, `only ${agreed} records were compared`);
  }).timeout(60_000);
});

function isListed(message: string, errors: readonly Finding[]): boolean {
  return errors.length === 0 ? taken.some(({ says }) => says.test(message)) : errors.every(({ rule }) => Object.hasOwn(refused, rule));
}
