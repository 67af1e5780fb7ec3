import assert from "node:assert/strict";
import fc from "fast-check";
import { breakEven } from "../../../src/evaluation/break-even.ts";
import { breakEvenSection } from "../../../src/evaluation/sections/break-even.ts";

/** Amounts with six decimal places, as prices have them. */
const amount = fc.integer({ min: 0, max: 10 ** 9 }).map((millionths) => millionths / 10 ** 6);

describe("break-even", () => {
  it("is training over what a request saves, hosting counted against it", () => {
    assert.deepEqual(breakEven({ training: 30, tunedPerRequest: 0.001, insteadPerRequest: 0.004 }), { requests: 10_000, months: Number.NaN, leastPerMonth: 0 });
    assert.equal(breakEven({ training: 12, hostingPerMonth: 5, requestsPerMonth: 500_000, tunedPerRequest: 0.0000064, insteadPerRequest: 0.0000204 }).requests, 3_000_000, "and not one more for the digits of binary fractions");
    assert.deepEqual(breakEven({ training: 100, hostingPerMonth: 50, requestsPerMonth: 100_000, tunedPerRequest: 0.0005, insteadPerRequest: 0.0015 }), { requests: 200_000, months: 2, leastPerMonth: 50_000 });
  });

  it("never comes where no request saves anything, or hosting costs more than is saved; and depends on the requests a month where hosting is paid", () => {
    assert.equal(breakEven({ training: 1, tunedPerRequest: 2, insteadPerRequest: 1 }).requests, Infinity);
    assert.equal(breakEven({ training: 1, hostingPerMonth: 100, requestsPerMonth: 10, tunedPerRequest: 1, insteadPerRequest: 2 }).requests, Infinity);
    const { requests, leastPerMonth } = breakEven({ training: 1, hostingPerMonth: 100, tunedPerRequest: 1, insteadPerRequest: 2 });
    assert.deepEqual([requests, leastPerMonth], [Number.NaN, 100]);
    assert.deepEqual(breakEven({ training: 1, hostingPerMonth: 100, tunedPerRequest: 2, insteadPerRequest: 2 }), { requests: Infinity, months: Number.NaN, leastPerMonth: Infinity });
  });

  it("is the first number of requests at which the one costs no more than the other", () => {
    fc.assert(fc.property(amount, amount, amount, amount, fc.integer({ min: 1, max: 1_000_000 }), (training, hostingPerMonth, tunedPerRequest, insteadPerRequest, requestsPerMonth) => {
      const { requests } = breakEven({ training, hostingPerMonth, requestsPerMonth, tunedPerRequest, insteadPerRequest });
      const excess = (n: number): number => training + n * (hostingPerMonth / requestsPerMonth + tunedPerRequest - insteadPerRequest);
      const slack = 1e-9 * (training + 1);
      if (!Number.isFinite(requests)) assert.ok(hostingPerMonth / requestsPerMonth + tunedPerRequest >= insteadPerRequest);
      else assert.ok(excess(requests) <= slack + 1e-9 * requests * insteadPerRequest && (requests === 0 || excess(requests - 1) >= -slack - 1e-9 * requests * insteadPerRequest));
    }));
  });

  it("is said with its amounts and their days, and with whether the cheaper model answers as well", () => {
    const answer = (promptTokens: number) => ({ text: "a", finishReason: "stop", right: true, promptTokens, answerTokens: 0 });
    const price = (input: number) => ({ input, output: 0, dated: "2026-11-01" });
    const candidates = [{ name: "small", service: "s", model: "m" }, { name: "large", service: "s", model: "l", price: price(10) }, { name: "mine", service: "s", model: "t", tuned: true, price: price(1) }];
    const records = Array.from({ length: 3 }, (_, line) => ({ line, prompt: [], reference: "a", outcomes: [answer(1), answer(100), answer(100)] }));
    const asked = { tuned: "mine", instead: "large", training: 9, requestsPerMonth: 5_000, dated: "2026-11-20" };
    assert.deepEqual(breakEvenSection({ breakEven: asked, candidates, records })?.paragraphs, [
      "mine costs $0.1 for 1,000 requests like these and large $1.00. Training cost $9.00 (2026-11-20; prices of tokens: mine 2026-11-01, large 2026-11-01).",
      "Tuning pays after 10,000 requests, which takes 2.0 months.", "Whether mine answers as well as large cannot be told from these records.",
    ]);
    assert.match(breakEvenSection({ breakEven: { ...asked, instead: "small" }, candidates, records })?.paragraphs[0] ?? "", /^Undefined: /);
    assert.equal(breakEvenSection({ candidates, records }), undefined);
  });
});
