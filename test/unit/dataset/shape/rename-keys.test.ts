import assert from "node:assert/strict";
import { readRenames, renameKeys } from "../../../../src/dataset/shape/rename-keys.ts";

describe("renaming keys", () => {
  const renamed = (text: string, keys: string): unknown => {
    const made = renameKeys(text, readRenames(keys));
    return made && ("taken" in made ? made : made.text);
  };

  it("changes keys at the top and within lists and objects, and no other character", () => {
    assert.equal(renamed('{ "instruction" : "q", "big": 1.0, "meta": {"cls": "\\u00e9"}, "turns": [{"from": "x"}, {"from": "from"}] }', "instruction=prompt,meta.cls=label,turns.from=role"),
      '{ "prompt" : "q", "big": 1.0, "meta": {"label": "\\u00e9"}, "turns": [{"role": "x"}, {"role": "from"}] }');
  });

  it("exchanges two names, and says where one would be lost", () => {
    assert.equal(renamed('{"a":1,"b":2}', "a=b,b=a"), '{"b":1,"a":2}');
    assert.deepEqual(renamed('{"a":1,"b":2}', "a=b"), { taken: "b" });
    assert.deepEqual(renamed('{"m":[{"a":1,"b":2}]}', "m.a=b"), { taken: "m.b" });
  });

  it("takes no list for a record, and says how a renaming is written", () => {
    assert.equal(renamed("[1]", "a=b"), undefined);
    assert.throws(() => readRenames("a"), /"a" is no renaming\. One is written old=new/);
  });
});
