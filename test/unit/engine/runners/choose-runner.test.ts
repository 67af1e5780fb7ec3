import assert from "node:assert/strict";
import { isAppleSilicon } from "../../../../src/engine/apple-silicon.ts";
import { chooseRunner, toRunnerId } from "../../../../src/engine/runners/choose-runner.ts";

describe("the runner that trains", () => {
  it("is mlx-lm on Apple silicon for what that does, and TRL everywhere else", () => {
    assert.deepEqual([chooseRunner("supervised", undefined, true), chooseRunner("dpo", undefined, true), chooseRunner("supervised", undefined, false)], ["mlx-lm", "trl", "trl"]);
    assert.deepEqual([isAppleSilicon("darwin", "arm64"), isAppleSilicon("darwin", "x64"), isAppleSilicon("linux", "arm64")], [true, false, false]);
  });

  it("is the one that was named, whatever the machine and the method", () => {
    assert.deepEqual([chooseRunner("dpo", "mlx-lm", false), chooseRunner("supervised", "trl", true)], ["mlx-lm", "trl"]);
    assert.deepEqual([toRunnerId("mlx-lm"), toRunnerId(undefined)], ["mlx-lm", undefined]);
    for (const name of ["axolotl", "toString"]) assert.throws(() => toRunnerId(name), { message: `--runner ${name} is no runner; expected trl or mlx-lm.` });
  });
});
