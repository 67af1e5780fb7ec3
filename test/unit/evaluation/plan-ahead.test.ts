import assert from "node:assert/strict";
import { bills, describeAhead, powerHint, type CandidateAhead, type PlanAhead } from "../../../src/evaluation/plan-ahead.ts";

const serviceOf = (id: string) => ({ title: id === "local" ? "Local Engine" : id, bills: id !== "local" });
const candidate = (service: string, requests: number, kept = 0): CandidateAhead => ({ name: service, service, requests, kept, characters: requests * 400 });
const ahead = (...candidates: CandidateAhead[]): PlanAhead => ({ test: "test.jsonl", training: "train.jsonl", records: 88, refused: 12, leaked: 10, maximumTokens: 64, candidates });

describe("what a plan will do", () => {
  it("names who is asked, how much, who bills it, what is kept and what is left out", () => {
    assert.deepEqual(describeAhead("a.eval.jsonc", ahead(candidate("local", 88), candidate("Acme", 80, 8), candidate("Acme", 88)), serviceOf), {
      question: "Run a.eval.jsonc at Local Engine and Acme?",
      detail: "3 candidates answer 88 records of test.jsonl. Local Engine: 88 requests, whose prompts have 35,200 characters, in English about 8,800 tokens; answers of at most 64 tokens each. "
        + "Acme: 168 requests, whose prompts have 67,200 characters, in English about 16,800 tokens; answers of at most 64 tokens each. Acme bills the tokens at its current price. 8 answers are kept from before and not asked for again. "
        + "12 lines are left out, 10 because train.jsonl asks the same or nearly the same. 88 records show a difference of 13.4 percentage points four times out of five, where two candidates differ on one record in five.",
    });
  });

  it("says what goes by batch, at which price that the service published, and what is awaited from before", () => {
    const price = { share: 0.5, source: "https://example.org/prices", dated: "2026-11-22" } as const;
    const words = (batches: object): string => describeAhead("a", ahead({ ...candidate("Acme", 80), batch: { awaited: 8 } }, candidate("Acme", 88)), (id) => ({ title: id, bills: true, batches })).detail;
    assert.match(words({ price: { ...price, models: "all" } }), / Acme gets 80 requests by batch and answers within 24 hours, which it bills at 50 % of the price \(https:\/\/example\.org\/prices, read on 2026-11-22\); what is left unanswered then is asked one by one at the full price\. 8 answers are awaited from a batch that was sent before\. /);
    assert.match(words({ price: { ...price, models: "some" } }), /at 50 % of the price for some models \(/);
    assert.match(words({}), / answers within 24 hours; what is left/);
    assert.match(describeAhead("a", ahead({ ...candidate("Acme", 0), batch: { awaited: 88 } }), serviceOf).question, /Every answer is kept or awaited; nobody is asked\.$/);
  });

  it("costs nothing where nobody who bills is asked", () => {
    assert.equal(bills(ahead(candidate("local", 88), candidate("Acme", 0, 88)), serviceOf), false);
    assert.equal(bills(ahead(candidate("Acme", 1)), serviceOf), true);
    assert.match(describeAhead("a", ahead(candidate("Acme", 0, 88)), serviceOf).question, /Every answer is kept; nobody is asked\.$/);
  });

  it("says what so many records can show", () => {
    assert.match(powerHint(30), /^30 records show a difference of 22\.9 percentage points/);
    assert.equal(powerHint(1), "1 record can hardly show any difference.");
  });
});
