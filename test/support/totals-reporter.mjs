import { appendFileSync } from "node:fs";
import Mocha from "mocha";

/** Mocha's usual report; the counts also go to the file of TUNESMITH_TEST_TOTALS, so that a run of several tiers can sum them. */
export default class TotalsReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once("end", () => recordTotals(process.env.TUNESMITH_TEST_TIER ?? "tests", this.stats.passes, this.stats.failures));
  }
}

/** Adds one tier's counts to the file of TUNESMITH_TEST_TOTALS, when a run asked for them. */
export function recordTotals(tier, passed, failed) {
  const file = process.env.TUNESMITH_TEST_TOTALS;
  if (file) appendFileSync(file, `${JSON.stringify({ tier, passed, failed })}\n`);
}
