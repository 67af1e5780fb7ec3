import assert from "node:assert/strict";
import { lintOnce } from "../../../src/dataset/lint.ts";
import { sourceOf } from "../../../src/dataset/lines.ts";
import { findRuleFixtures, readRuleFixture } from "../../support/rule-fixtures.ts";

const long = "x".repeat(1_500);

/** Ways to make what stands in a dataset long, each of which leaves other rules something to say. */
const lengthened: Readonly<Record<string, (line: string) => string>> = {
  "texts, behind what they say": (line) => line.replace(/: *"(?:[^"\\]|\\.)*(?=")/g, (value) => value + long),
  "texts, after spaces behind what they say": (line) => line.replace(/: *"(?:[^"\\]|\\.)*(?=")/g, (value) => value + " ".repeat(1_500)),
  "the last text": (line) => line.replace(/(.*)("[^"]*)"/, `$1$2${long}"`),
  "roles": (line) => line.replace(/("(?:role|from)": *")(\w+)/g, `$1$2${long}`),
  "names and ids": (line) => line.replace(/("(?:name|id|tool_call_id|type|format|mimeType|url|uri|fileUri)": *")([^"]*)/g, `$1$2${long}`),
  "keys": (line) => line.replace(/"([^"\\]*)"(?= *:)/g, `"$1${long}"`),
  "the last key": (line) => line.replace(/(.*)"([^"\\]*)"(?= *:)/, `$1"$2${long}"`),
  "numbers": (line) => line.replace(/(?<=[:[ ,])(\d+)(?=[\],} ])/g, `$1${"0".repeat(1_500)}`),
  "depth, never closed": (line) => `${"[".repeat(1_500)}${line}`,
  "depth": (line) => line.replace(/: *"[^"]*"/, `: ${"[".repeat(900)}${"]".repeat(900)}`),
};

describe("what a finding says", () => {
  for (const [what, lengthen] of Object.entries(lengthened)) {
    it(`stays short, whatever a dataset holds: ${what} long`, async function () {
      this.timeout(60_000);
      for (const file of await findRuleFixtures()) {
        const { text, target } = readRuleFixture(file);
        if (text.length > 100_000) continue;
        // Some lines of each fixture: what rules say differs by the line, and long lines are many bytes.
        const lines = [...new Set(text.split(/\r\n|\n|\r/))].slice(0, 3).map(lengthen).join("\n");
        for (const { rule, message, fixes } of lintOnce(sourceOf(lines), target).findings) {
          assert.ok(message.length < 1000, `${file}: ${rule} says ${message.length} characters: ${message.slice(0, 200)}`);
          for (const { title } of fixes) assert.ok(title.length < 200, `${file}: ${rule} offers ${title.slice(0, 200)}`);
        }
      }
    });
  }
});
