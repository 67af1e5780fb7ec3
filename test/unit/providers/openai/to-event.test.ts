import assert from "node:assert/strict";
import fc from "fast-check";
import { toEvent } from "../../../../src/providers/openai/to-event.ts";

const example = { object: "fine_tuning.job.event", id: "ft-event-1", created_at: 1721764800, level: "info", message: "Step 2/10: training loss=0.5", type: "metrics", data: { step: 2, total_steps: 10, train_loss: 0.5, valid_loss: null, scores: { graders: [] }, note: "x" } };

describe("an event of a job", () => {
  it("is read with its numbers and nothing else of its data", () => {
    assert.deepEqual(toEvent(example), { id: "ft-event-1", createdAt: 1721764800000, level: "info", message: "Step 2/10: training loss=0.5", metrics: { step: 2, total_steps: 10, train_loss: 0.5 } });
  });

  it("is read without type, data or level", () => {
    const { type: _type, data: _data, level: _level, ...bare } = example;
    assert.deepEqual(toEvent(bare), { id: "ft-event-1", createdAt: 1721764800000, level: "info", message: "Step 2/10: training loss=0.5" });
  });

  it("shows levels that it does not know as information", () => {
    assert.deepEqual(["warn", "WARNING", "error", "fatal", "debug", "constructor", 7].map((level) => toEvent({ ...example, level })?.level), ["warn", "warn", "error", "error", "info", "info", "info"]);
  });

  it("is read whatever its members are, with finite numbers only", () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...Object.keys(example)), fc.anything()), (members) => {
      const event = toEvent({ ...example, ...members });
      assert.ok(event && event.id !== "");
      assert.ok(Object.values(event.metrics ?? {}).every(Number.isFinite));
    }));
  });

  it("is none when it is no object", () => assert.deepEqual([null, "a", 3].map(toEvent), [undefined, undefined, undefined]));
});
