import assert from "node:assert/strict";
import fc from "fast-check";
import { confusions, labelsOf, otherLabel, scoreLabels } from "../../../src/evaluation/label-scores.ts";

const rows = (...pairs: readonly (readonly [string, string | undefined])[]) => pairs.map(([reference, answer], index) => ({ line: index + 1, reference, answer }));

describe("labels that were answered", () => {
  const scores = scoreLabels(["yes", "no"], rows(["yes", "Yes."], ["yes", "no"], ["yes", "perhaps"], ["no", "No"], ["no", undefined], ["maybe", "yes"]));

  it("have precision, recall and F1 each, and averages that know no other class, as scikit-learn gives them", () => {
    // sklearn.metrics.precision_recall_fscore_support(["yes","yes","yes","no"], ["yes","no","(other)","no"], labels=["yes","no"], zero_division=0)
    assert.deepEqual(scores.per_class, { yes: { precision: 1, recall: 1 / 3, f1: 0.5, support: 3 }, no: { precision: 0.5, recall: 1, f1: 2 / 3, support: 1 } });
    assert.deepEqual([scores.accuracy, scores.macro.f1, scores.micro.precision, scores.micro.recall], [0.5, (0.5 + 2 / 3) / 2, 2 / 3, 0.5]);
  });

  it("make a matrix with a column for other answers, and each cell knows its lines", () => {
    assert.deepEqual([scores.labels, scores.answers, scores.matrix], [["yes", "no"], ["yes", "no", otherLabel], [[1, 1, 1], [0, 1, 0]]]);
    assert.deepEqual([scores.lines[0], scores.unanswered, scores.undeclared], [[[1], [2], [3]], 1, 1]);
    assert.deepEqual(confusions(scores, 1), [{ reference: "yes", answer: "no", records: 1 }]);
  });

  it("are right as often as the diagonal says, and every record is in one place", () => {
    const label = fc.constantFrom("a", "B", "__proto__", "constructor", otherLabel);
    fc.assert(fc.property(fc.array(fc.tuple(label, fc.option(fc.oneof(label, fc.string()), { nil: undefined })), { maxLength: 30 }), (pairs) => {
      const { matrix, accuracy, unanswered, undeclared, labels, per_class: classes } = scoreLabels(["a", "b", "A", "__proto__", "constructor"], rows(...pairs));
      const sum = matrix.flat().reduce((total, each) => total + each, 0);
      const diagonal = labels.reduce((total, _, place) => total + (matrix[place]?.[place] ?? 0), 0);
      assert.equal(sum + unanswered + undeclared, pairs.length);
      assert.ok(sum === 0 ? Number.isNaN(accuracy) : accuracy === diagonal / sum);
      assert.deepEqual([labels, Object.keys(classes)], [["a", "b", "__proto__", "constructor"], labels]);
    }));
  });

  it("are those that the metric declares, or the references where these are labels", () => {
    const of = (references: readonly string[], metric = "exact-match", also?: readonly string[]) => labelsOf({ metric, also, records: references.map((reference) => ({ reference })) });
    assert.deepEqual(of(["b", "a", "B", "a"]), ["a", "b"]);
    assert.deepEqual([of(["a", "b", "c"]), of(["a", "a"]), of(["a".repeat(101), "b"])], [undefined, undefined, undefined]);
    assert.deepEqual(of(["x", "y"], "contains", ["chrf", 'label {"labels":["b","a"]}']), ["b", "a"]);
    assert.equal(of(["x", "y"], 'label {"labels":["b"]}'), undefined);
  });
});
