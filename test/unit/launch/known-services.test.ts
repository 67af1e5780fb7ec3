import assert from "node:assert/strict";
import { targetNamed } from "../../../src/dataset/targets/index.ts";
import { methodsOf } from "../../../src/jobs/tuning.ts";
import { knownServices } from "../../../src/launch/known-services.ts";
import { serviceKinds } from "../../../src/providers/index.ts";

describe("what is known of services without asking them", () => {
  it("is, of every kind, what can be chosen and whose rules datasets are checked by; no key is needed for that", async () => {
    const named = serviceKinds.map(({ id, title, baseURL = "https://service.example/v1" }) => ({ id: `my ${id}`, title, baseURL, kind: id }));
    const known = await knownServices([{ id: "local", title: "Local Engine" }, ...named]);
    assert.deepEqual(known.map(({ id }) => id), ["local", ...named.map(({ id }) => id)]);
    for (const { id, tuning, targets } of known) {
      for (const { method } of methodsOf(tuning)) assert.ok(targetNamed(targets[method]), `${id} by ${method}: ${targets[method]}`);
    }
    assert.deepEqual(known.filter(({ local }) => local).map(({ id }) => id), ["local"]);
  });

  it("goes by the address where no kind is said, and leaves out what has none that can be used", async () => {
    const known = await knownServices([{ id: "T", title: "T", baseURL: "https://api.together.ai/v1" }, { id: "X", title: "X", baseURL: "no address" }]);
    assert.deepEqual(known.map(({ id, targets }) => [id, targets.sft]), [["T", "together/sft"]]);
  });
});
