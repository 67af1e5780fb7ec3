import assert from "node:assert/strict";
import { describeFile, describeJobNode, describeService, jobTooltip } from "../../../../src/jobs/tree/describe-node.ts";
import type { JobNode } from "../../../../src/jobs/tree/node.ts";
import { ProviderError } from "../../../../src/jobs/provider.ts";
import { openAi } from "../../../../src/providers/openai/kind.ts";
import { jobOf } from "../job-of.ts";

const now = Date.parse("2026-11-29");
const endings = openAi.endings?.({ baseURL: "https://api.openai.com/v1" }) ?? {};
const node = (part: Partial<JobNode["shown"]>, more: Partial<JobNode> = {}): JobNode => ({ kind: "job", provider: "p", job: "1", shown: jobOf("1", part), capabilities: [], ...more });

describe("a row of the tree of jobs", () => {
  it("tells step, loss and time left of what runs, and what it has cost so far as the share of what it will", () => {
    const progress = { step: 30, totalSteps: 60, trainLoss: 0.5, estimatedFinish: now + 120_000 };
    assert.equal(describeJobNode(node({ cost: { amount: 3, currency: "USD" } }, { progress }), now), "step 30 of 60, loss 0.500, 2 min left · about $1.50 of $3.00 so far");
    assert.ok(jobTooltip(node({}, { progress }), "P", now).some((line) => /^Expected to end: .*, in 2 min$/.test(line)));
  });

  it("takes the cost as the service says it", () => {
    const cost = { amount: 0.4, currency: "USD" } as const;
    assert.match(describeJobNode(node({ cost, costSoFar: true }), now), /\$0\.40 so far$/);
    assert.match(describeJobNode(node({ cost }), now), /\$0\.40 expected$/);
    assert.match(describeJobNode(node({ cost, status: "succeeded" }), now), /\$0\.40$/);
  });

  it("warns of a model that is shut down soon or has been, and not of one that ends in years", () => {
    const tuned = (baseModel: string) => {
      const ending = endings.ofModel?.(baseModel);
      return describeJobNode(node({ status: "succeeded", baseModel, tunedModel: "ft:1" }, ending ? { ending } : {}), now);
    };
    assert.match(tuned("gpt-4o-mini-2024-07-18"), /model shuts down on 2027-01-14$/);
    assert.match(tuned("ft:gpt-4.1-nano-2025-04-14:acme::x"), /model shut down on 2026-10-23$/);
    assert.equal(tuned("gpt-6"), "succeeded");
    assert.equal(describeJobNode(node({ status: "succeeded" }, { ending: { on: "2030-01-01", words: "", source: "", dated: "" } }), now), "succeeded");
    assert.ok(jobTooltip(node({ status: "succeeded" }, { ending: endings.ofModel?.("gpt-4.1") as never }), "P", now).includes("Source: https://developers.openai.com/api/docs/deprecations, read on 2026-11-22"));
  });

  it("of a service says what hinders it, how much is under way and when it takes no new jobs", () => {
    const service = { id: "OpenAI", title: "OpenAI", keyed: true, endings };
    const snapshot = { state: "ready", jobs: [jobOf("1")], progress: new Map(), capabilities: [] } as const;
    assert.equal(describeService(service, snapshot, now), "1 under way · no new jobs from 2027-01-06");
    assert.equal(describeService({ ...service, endings: {} }, { ...snapshot, state: "failed", jobs: [], error: new ProviderError("unauthorised", "") }, now), "signed out");
    assert.deepEqual(openAi.endings?.({ baseURL: "https://acme.openai.azure.com/openai/v1" }), {}, "Azure goes on");
  });

  it("of a file says from where it was sent, how large it is, and its state unless it is ready", () => {
    assert.equal(describeFile({ kind: "file", provider: "p", file: { id: "f", name: "train.jsonl", bytes: 3_400_000, status: "failed", rawStatus: "error", purpose: "fine-tune" }, sentFrom: "C:\\data\\train.jsonl", capabilities: [] }), "sent from train.jsonl · 3.4 MB · error");
  });
});
