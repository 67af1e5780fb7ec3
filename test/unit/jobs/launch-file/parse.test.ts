import assert from "node:assert/strict";
import fc from "fast-check";
import { stretchOf } from "../../../../src/dataset/jsonc-stretch.ts";
import { parseLaunchFile } from "../../../../src/jobs/launch-file/parse.ts";

const least = '{ "service": "local", "model": "m", "data": { "training": "train.jsonl" } }';

describe("the text of a launch file", () => {
  /** Each fault as the stretch that it marks, and what it says. */
  const faultsOf = (text: string): [string, string][] => {
    const read = parseLaunchFile(text);
    return "faults" in read ? read.faults.map(({ offset, length, message }) => [text.slice(offset, offset + length), message]) : [];
  };

  it("is JSON with comments and trailing commas, and the least that it says is service, model and training file", () => {
    const read = parseLaunchFile(`// The first try\n${least.replace("} }", "}, }")}`);
    assert.deepEqual("value" in read && read.value, { service: "local", model: "m", data: { training: "train.jsonl" } });
  });

  it("is refused at the very characters, with what was found and what was expected", () => {
    assert.deepEqual(faultsOf('{ "service": "local", "model": 7, "data": { "training": "" }, "seed": -1, "method": "ppo" }'), [
      ["7", '"model" is 7; expected is a text in quotes.'],
      ['""', '"data.training" is ""; expected is a text that is not empty.'],
      ["-1", '"seed" is -1; expected is a number from 0.'],
      ['"ppo"', '"method" is "ppo"; expected is "dpo" or "rft" or "sft".'],
    ]);
    assert.match(faultsOf(least.replace('"m"', `"m", "suffix": "${"x".repeat(65)}"`))[0]?.[1] ?? "", /expected is a text of at most 64 characters\.$/);
    assert.deepEqual(faultsOf(least.replace('"train.jsonl"', '"train.jsonl", "split": { "validation": 1 }')), [["1", '"data.split.validation" is 1; expected is a number below 1.']]);
    assert.deepEqual(faultsOf(least.replace('"m"', '"m", "hyperparameters": { "n_epochs": [3] }')), [["[3]", '"hyperparameters.n_epochs" is a list; expected is a number or a text in quotes or true or false.']]);
  });

  it("is told what lacks, at the object that lacks it", () => {
    assert.deepEqual(faultsOf('{ "service": "local", "data": {} }'), [
      ["{", '"model" is missing; expected is a text in quotes.'],
      ["{", '"data.training" is missing; expected is a text in quotes.'],
    ]);
  });

  it("is told which key a wrong one may mean, at every depth", () => {
    assert.deepEqual(faultsOf(least.replace('"training"', '"trainig": "a", "training"')), [['"trainig"', 'There is no setting "trainig"; did you mean "training"?']]);
    assert.deepEqual(faultsOf(least.replace('"m"', '"m", "integrations": [{ "type": "wandb", "project": "p", "teem": 1 }]')), [['"teem"', 'There is no setting "teem"; expected are type, project, name, entity, tags.']]);
  });

  it("is told where it is no JSON", () => {
    assert.deepEqual(faultsOf('{ "service" "local" }'), [['"local"', "This is no JSON: colon expected."]]);
    assert.deepEqual(faultsOf(""), [["", "The file is empty; {} is the least that it can say."]]);
  });

  it("is read or refused, and never fails; every fault lies within the text", () => {
    const key = fc.constantFrom("service", "model", "data", "training", "split", "hyperparameters", "compute", "integrations", "__proto__", "x");
    const object = fc.array(fc.tuple(key, fc.json({ maxDepth: 3 })), { maxLength: 5 }).map((pairs) => `{${pairs.map(([name, text]) => `${JSON.stringify(name)}: ${text}`).join(",\n")}}`);
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), object), (text) => {
      const read = parseLaunchFile(text);
      if ("value" in read) return;
      assert.ok(read.faults.length > 0);
      for (const { offset, length } of read.faults) assert.ok(offset >= 0 && offset + length <= text.length);
    }));
  });
});

describe("the stretch of a path", () => {
  const text = '{ "data": { "training": "train.jsonl" }, "hyperparameters": { "n_epochs": 99 } }';
  const { tree } = parseLaunchFile(text);
  const marked = (...parameters: Parameters<typeof stretchOf> extends [unknown, ...infer Rest] ? Rest : never): string => {
    const { offset, length } = stretchOf(tree, ...parameters);
    return text.slice(offset, offset + length);
  };

  it("is the value's, or the key's", () => {
    assert.equal(marked(["hyperparameters", "n_epochs"]), "99");
    assert.equal(marked(["hyperparameters", "n_epochs"], "key"), '"n_epochs"');
  });

  it("is that of the nearest that is there, where the thing itself lacks", () => {
    assert.equal(marked(["data", "validation"]), '"data"');
    assert.equal(marked(["model"]), "{");
    assert.equal(marked([]), "{");
  });
});
