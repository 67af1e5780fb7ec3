import assert from "node:assert/strict";
import fc from "fast-check";
import { nearNames } from "../../../../src/dataset/read-jsonc.ts";
import { parseConfiguration } from "../../../../src/workers/configuration/parse.ts";

describe("the text of tunesmith.jsonc", () => {
  const faultsOf = (text: string): string[] => {
    const read = parseConfiguration(text);
    return "faults" in read ? read.faults.map(({ line, column, message }) => `${line}:${column} ${message}`) : [];
  };

  it("is JSON with comments, trailing commas and a byte-order mark", () => {
    const text = '\uFEFF// Ours\n{\n  "target": "openai", /* the only one */\n  "rules": { "blank-line": "off", },\n  "ignore": ["old/**"],\n  "maxWarnings": 0,\n}\n';
    assert.deepEqual(parseConfiguration(text), { settings: { target: "openai", rules: { "blank-line": "off" }, ignore: ["old/**"], maxWarnings: 0 } });
    assert.deepEqual(parseConfiguration("{}"), { settings: {} });
  });

  it("says where it is no JSON, and of an empty file what is the least", () => {
    assert.deepEqual(faultsOf('{\n  "target" "openai"\n}'), ["2:12 This is no JSON: colon expected."]);
    assert.deepEqual(faultsOf(" \n"), ["1:1 The file is empty; {} is the least that it can say."]);
    assert.deepEqual(faultsOf("// nothing"), ["1:11 This is no JSON: value expected."]);
  });

  it("says where a value is, what was found and what was expected, for every fault", () => {
    assert.deepEqual(faultsOf('{\n  "maxWarnings": "few",\n  "rules": {\n    "blank-line": "fatal"\n  },\n  "files": ["a", 1],\n  "ignore": {}\n}'), [
      '2:18 "maxWarnings" is "few"; expected is a number.',
      '4:19 "rules.blank-line" is "fatal"; expected is "error" or "warning" or "information" or "off".',
      '6:18 "files.1" is 1; expected is a text in quotes.',
      '7:13 "ignore" is an object; expected is a list.',
    ]);
    assert.deepEqual(faultsOf('{"maxWarnings": -1}'), ['1:17 "maxWarnings" is -1; expected is a number from 0.']);
    assert.deepEqual(faultsOf('{"maxWarnings": 1.5}'), ['1:17 "maxWarnings" is 1.5; expected is a whole number.']);
    assert.deepEqual(faultsOf('{"files": [""]}'), ['1:12 "files.0" is ""; expected is a text that is not empty.']);
    assert.deepEqual(faultsOf("[]"), ["1:1 The file is a list; expected is an object."]);
  });

  it("names the rules and settings that a wrong name may mean", () => {
    assert.deepEqual(faultsOf('{"rules": {\n"blank-lines": "off",\n"zzz": "off"}}'), ['2:1 There is no rule "blank-lines"; did you mean "blank-line"?', '3:1 There is no rule "zzz"; "tunesmith rules" lists them.']);
    assert.deepEqual(faultsOf('{"maxWarning": 1}'), ['1:2 There is no setting "maxWarning"; did you mean "maxWarnings"?']);
    assert.match(faultsOf('{"colour": true}')[0] ?? "", /^1:2 There is no setting "colour"; expected are \$schema, target, method, rules, /);
    assert.deepEqual(nearNames("duplicate", ["duplicate-key", "duplicate-record", "utf-16"]), ["duplicate-key", "duplicate-record"]);
  });

  it("tells of a key that is there twice, of which a parser would drop one in silence", () => {
    assert.deepEqual(faultsOf('{"maxWarnings": 1,\n"maxWarnings": 2, "rules": {"utf-16": "off", "utf-16": "error"}}'), ['2:1 "maxWarnings" is here twice; one of them is expected.', '2:46 "utf-16" is here twice; one of them is expected.']);
  });

  it("takes no key that every object has for one of its own", () => {
    for (const key of ["__proto__", "constructor", "toString"]) assert.match(faultsOf(`{"rules": {"${key}": "off"}}`)[0] ?? "", /There is no rule/, key);
  });

  it("is read or refused, and never fails, whatever it holds", () => {
    const value = fc.json({ maxDepth: 3 });
    const key = fc.constantFrom("rules", "target", "method", "files", "ignore", "maxWarnings", "blank-line", "__proto__", "x");
    const object = fc.array(fc.tuple(key, value), { maxLength: 5 }).map((pairs) => `{${pairs.map(([name, text]) => `${JSON.stringify(name)}: ${text}`).join(",\n")}}`);
    fc.assert(fc.property(fc.oneof(fc.string(), value, object), (text) => {
      const read = parseConfiguration(text);
      if ("settings" in read) return;
      assert.ok(read.faults.length > 0);
      for (const { line, column } of read.faults) assert.ok(line >= 1 && line <= text.split(/\r\n|\r|\n/).length && column >= 1);
    }));
  });
});
