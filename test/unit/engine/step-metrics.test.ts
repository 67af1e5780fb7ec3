import assert from "node:assert/strict";
import { appendFileSync, mkdirSync } from "node:fs";
import { appendStep, stepsToCsv } from "../../../src/engine/step-metrics.ts";
import { scratchFolder } from "../../support/scratch.ts";

const header = "step,train_loss,train_mean_token_accuracy,valid_loss,valid_mean_token_accuracy,full_valid_loss,full_valid_mean_token_accuracy";

describe("stepsToCsv", () => {
  const { path } = scratchFolder();
  const folder = (name: string): string => {
    mkdirSync(path(name));
    return path(name);
  };

  it("has a row for each step, with empty cells where there is no figure", () => {
    const job = folder("whole");
    appendStep(job, 1, { train_loss: 2.5, train_mean_token_accuracy: 0.25, learning_rate: 1e-4 });
    appendStep(job, 2, { train_loss: 1e-7 });
    appendStep(job, 2, { full_valid_loss: 1.5, full_valid_mean_token_accuracy: 0.5 });
    assert.equal(stepsToCsv(job), `${header}\n1,2.5,0.25,,,,\n2,1e-7,,,,1.5,0.5\n`);
  });

  it("takes a step that was trained twice as it was last, and passes over a line that a crash cut", () => {
    const job = folder("killed");
    appendStep(job, 1, { train_loss: 3 });
    appendStep(job, 2, { train_loss: 2 });
    appendFileSync(`${job}/steps.jsonl`, '\n{"step":3,"met');
    appendStep(job, 2, { train_loss: 1 });
    appendStep(job, 10, { train_loss: 0 });
    assert.equal(stepsToCsv(job), `${header}\n1,3,,,,,\n2,1,,,,,\n10,0,,,,,\n`);
  });

  it("is the header alone where no step was told", () => {
    assert.equal(stepsToCsv(folder("none")), `${header}\n`);
  });
});
