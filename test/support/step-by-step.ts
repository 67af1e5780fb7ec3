/**
 * For a suite whose tests stand one on the other: after a failed one the rest is not tried, and the report says so.
 * Mocha's own `bail` would leave out every later suite that has it too, without a word.
 */
export function stepByStep(): void {
  beforeEach(function () {
    const failed = this.currentTest?.parent?.tests.find(({ state }) => state === "failed");
    if (failed) throw new Error(`Not tried, nor what follows: "${failed.title}" failed before it.`);
  });
}
