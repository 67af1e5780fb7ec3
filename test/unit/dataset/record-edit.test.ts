import assert from "node:assert/strict";
import fc from "fast-check";
import { scanTokens } from "../../../src/dataset/json-scan.ts";
import { editRecord, placeInRecordText, toRecordText, whyNoRecord } from "../../../src/dataset/record-edit.ts";

const apply = (line: string, edited: string): string => [...editRecord(line, edited)].reverse().reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), line);
const tokens = (text: string): string[] => [...scanTokens(text)].map(({ text: token }) => token);

/** Edits the record of a line by replacing what stands in its text over many lines. */
const edit = (line: string, ...[from, to]: readonly [string, string]): string => {
  const text = toRecordText(line);
  assert.ok(text.includes(from), `${from} is not in ${text}`);
  return apply(line, text.replace(from, to));
};

describe("the edit of one record", () => {
  const line = String.raw`{"id": 12345678901234567890, "score": 1.0, "messages": [{"role":"user","content":"caf\u00e9 \/"}, {"role": "assistant", "content": "x"}], "tags" : [ ]}`;

  it("leaves a line as it is whose record was not edited, however its text was laid out", () => {
    assert.deepEqual(editRecord(line, toRecordText(line)), []);
    assert.deepEqual(editRecord(line, tokens(line).join(" \n ")), []);
  });

  it("keeps number literals, escapes, the order of keys and the spaces of what was not edited", () => {
    assert.equal(edit(line, '"x"', '"y"'), line.replace('"content": "x"', '"content": "y"'));
    assert.deepEqual(editRecord(line, toRecordText(line).replace('"x"', '"xyz"')).map(({ text }) => text), ["yz"]);
  });

  it("writes new members with the spaces that the line has", () => {
    assert.equal(edit('{"a":1,"b":[]}', '"b": []', '"b": [\n1, 2\n],\n"c": {"d": true}'), '{"a":1,"b":[1,2],"c":{"d":true}}');
    assert.equal(edit('{ "a" : 1 , "b" : 2 }', '"b" : 2'.replace(" :", ":"), '"b": 2, "c": 3'), '{ "a" : 1 , "b" : 2 , "c" : 3 }');
    assert.equal(apply("{}", '{"a": 1, "b": 2}'), '{"a": 1, "b": 2}');
  });

  it("takes a member out together with its comma and the space beside it", () => {
    assert.equal(edit('{"a": 1, "b": 2, "c": 3}', '"b": 2,\n  ', ""), '{"a": 1, "c": 3}');
    assert.equal(edit('{"a": 1, "b": 2}', ',\n  "b": 2', ""), '{"a": 1}');
    assert.equal(edit('{"a": 1, "b": 2}', '"a": 1,\n  ', ""), '{"b": 2}');
  });

  it("keeps what stands around the record, and repairs a line that was no JSON", () => {
    assert.equal(edit('  {"a": 1}\t', "1", "2"), '  {"a": 2}\t');
    assert.equal(edit('{"a": 1 "b": 2}', '1"b"', '1,"b"'), '{"a": 1, "b": 2}');
    assert.equal(apply("", '{"a": 1}\n'), '{"a": 1}');
  });

  it("cuts no character of two units in half", () => {
    const [only] = editRecord('{"a": "😀"}', '{"a": "😁"}');
    assert.equal(only?.text, "😁");
  });

  it("replaces what is between the first and the last change where there are more changes than are looked for", () => {
    const long = JSON.stringify({ first: 1.5, list: Array.from({ length: 600 }, (_, index) => index), last: 2 });
    const edited = JSON.stringify({ first: 1.5, list: Array.from({ length: 600 }, (_, index) => -index - 1), last: 2 });
    assert.equal(apply(long, edited), edited);
  });

  it("gives a line with exactly the tokens of what was edited, on one line", () => {
    const json = fc.dictionary(fc.constantFrom("a", "b", "é"), fc.oneof(fc.integer(), fc.string({ unit: "binary", maxLength: 4 }), fc.array(fc.constantFrom(1, "x", null, {}, []), { maxLength: 4 }))).map((value) => JSON.stringify(value));
    const spaced = fc.tuple(json, fc.constantFrom("", " ", "\t ")).map(([text, space]) => tokens(text).join(space));
    fc.assert(fc.property(spaced, json, (before, after) => {
      const edited = apply(before, toRecordText(after));
      assert.deepEqual(tokens(edited), tokens(after));
      assert.ok(!edited.includes("\n"));
    }), { numRuns: 60 });
  });
});

describe("the place of a character in a record's text", () => {
  it("is the same character of the same token", () => {
    const line = '{"a": [1, "word"], "b": 2}';
    for (const token of ['"word"', "ord", "2", '"a"', "["]) assert.ok(toRecordText(line).slice(placeInRecordText(line, line.indexOf(token))).startsWith(token), token);
    assert.equal(placeInRecordText("", 3), 0);
    assert.equal(placeInRecordText("  {}", 0), 0);
  });
});

describe("a text that is to be a record", () => {
  it("is one when it is a JSON object", () => assert.equal(whyNoRecord(toRecordText('{"messages":[]}')), undefined));

  it("is told what keeps it from being one, and where", () => {
    assert.deepEqual(whyNoRecord('{"a": 1,\n}')?.offset, 7);
    assert.match(whyNoRecord("[1]")?.message ?? "", /A record is an object, .* this is a list/);
    assert.match(whyNoRecord("12")?.message ?? "", /this is a number/);
  });
});
