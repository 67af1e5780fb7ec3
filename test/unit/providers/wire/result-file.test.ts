import assert from "node:assert/strict";
import fc from "fast-check";
import { byStep, readResultFile } from "../../../../src/providers/wire/result-file.ts";

const openAi = "step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy\n1,1.52,0.61,,\n2,1.2,0.7,1.31,0.66\n";
const expected = [
  { step: 1, metrics: { train_loss: 1.52, train_mean_token_accuracy: 0.61 } },
  { step: 2, metrics: { train_loss: 1.2, train_mean_token_accuracy: 0.7, valid_loss: 1.31, valid_mean_token_accuracy: 0.66 } },
];

describe("a job's result file", () => {
  it("is read by its header, in OpenAI's spelling and in Azure's, and in any order", () => {
    assert.deepEqual(readResultFile(openAi), expected);
    assert.deepEqual(readResultFile("\uFEFFvalidation_mean_token_accuracy,valid_loss,train_mean_token_accuracy,train_loss,step\r\n,,0.61,1.52,1\r\n0.66,1.31,0.7,1.2,2\r\n"), expected);
  });

  it("is read out of base64", () => assert.deepEqual(readResultFile(Buffer.from(openAi).toString("base64")), expected));

  it("keeps columns that it does not know, and passes over what is no number", () => {
    assert.deepEqual(readResultFile("step,my_score,train_loss\n3,0.5,nan\nlast,1,2\n4"), [{ step: 3, metrics: { my_score: 0.5 } }, { step: 4, metrics: {} }]);
  });

  it("is none without a step", () => {
    for (const text of ["", "a,b\n1,2", "<html>steps</html", "{}", "!!!"]) assert.ok(readResultFile(text) === undefined || text.includes("steps"), text);
  });

  it("never throws, and gives each step once in order", () => {
    fc.assert(fc.property(fc.string(), fc.array(fc.array(fc.oneof(fc.double(), fc.string()))), (header, rows) => {
      const points = readResultFile(`step,${header}\n${rows.map((row) => row.join(",")).join("\n")}`) ?? [];
      assert.deepEqual(points.map(({ step }) => step), [...new Set(points.map(({ step }) => step))].sort((one, other) => one - other));
    }));
  });
});

describe("points of several sources", () => {
  it("are one for each step, with all that was measured", () => {
    assert.deepEqual(byStep([{ step: 2, metrics: { a: 1 } }, { step: 1, createdAt: 5, metrics: { a: 0 } }, { step: 2, metrics: { b: 2, a: 3 } }]), [{ step: 1, createdAt: 5, metrics: { a: 0 } }, { step: 2, metrics: { a: 3, b: 2 } }]);
  });
});
