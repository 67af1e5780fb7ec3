import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { TrainingEvent } from "../../../../src/engine/runners/runner.ts";
import { readTrlLine } from "../../../../src/engine/runners/trl-log.ts";

const eventsOf = (name: string): readonly TrainingEvent[] => readFileSync(`test/fixtures/engine/${name}`, "utf8").trim().split("\n").flatMap((line) => readTrlLine(JSON.parse(line)) ?? []);
const stepsOf = (events: readonly TrainingEvent[], name: string) => events.flatMap((event) => (event.type === "metrics" && name in event.metrics ? [event] : []));

describe("readTrlLine", () => {
  for (const [name, steps, epochs] of [["trl-supervised.jsonl", 4, 2], ["trl-dpo.jsonl", 3, 3]] as const) {
    it(`reads a real log, ${name}: plan, loss, accuracy, learning rate and pace of every step, validation and checkpoint of every epoch, the adapter`, () => {
      const events = eventsOf(name);
      assert.equal(events.length, readFileSync(`test/fixtures/engine/${name}`, "utf8").trim().split("\n").length, "no line is passed over");
      assert.deepEqual(events.filter(({ type }) => type === "plan"), [{ type: "plan", totalSteps: steps }]);
      const trained = stepsOf(events, "train_loss");
      assert.deepEqual(trained.map(({ step, totalSteps }) => [step, totalSteps]), Array.from({ length: steps }, (_, index) => [index + 1, steps]));
      for (const { metrics } of trained) for (const figure of ["train_mean_token_accuracy", "learning_rate", "gradient_norm", "tokens", "tokens_per_second", "epoch"]) assert.ok(Number.isFinite(metrics[figure]), figure);
      assert.ok(trained.every(({ metrics }, index) => index === 0 || (metrics["tokens"] ?? 0) > (trained[index - 1]?.metrics["tokens"] ?? 0)));
      assert.equal(stepsOf(events, "full_valid_loss").length, epochs);
      assert.equal(events.filter(({ type }) => type === "checkpoint").length, epochs);
      assert.ok(events.at(-1)?.type === "done");
    });
  }

  it("reads of a log of preferences the rewards, their accuracy and margin, of training and validation", () => {
    const last = stepsOf(eventsOf("trl-dpo.jsonl"), "full_valid_loss").at(-1)?.metrics ?? {};
    assert.ok((last["full_valid_reward_margin"] ?? 0) > 0 && last["full_valid_reward_accuracy"] === 1, JSON.stringify(last));
    assert.equal(stepsOf(eventsOf("trl-dpo.jsonl"), "train_reward_margin").length, 3);
  });

  it("throws the error that a log tells, and passes over what is no message", () => {
    assert.throws(() => readTrlLine({ type: "error", code: "not_enough_memory", message: "It does not fit." }), { name: "TrainingError", code: "not_enough_memory", message: "It does not fit." });
    for (const line of [undefined, 8, {}, { type: "new" }, { type: "metrics", step: "1" }]) assert.equal(readTrlLine(line), undefined);
  });
});
