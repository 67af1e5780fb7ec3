import assert from "node:assert/strict";
import { openService, type Endpoint } from "../../../../src/providers/index.ts";
import { scratchFolder } from "../../../support/scratch.ts";
import { redirecting, startFakeOpenAi, type FakeOpenAi } from "../../../support/fake-openai.ts";
import { live, providerError } from "../contract/stage.ts";

const jobs = "GET /fine_tuning/jobs";

describe("what leaves for OpenAI's API, over a fake built from OpenAI's specification", () => {
  const scratch = scratchFolder();
  let fake: FakeOpenAi;
  let other: FakeOpenAi;
  beforeEach(async () => {
    fake = await startFakeOpenAi();
    other = await startFakeOpenAi();
  });
  afterEach(async () => {
    await fake.close();
    await other.close();
  });
  const open = (changes: Partial<Endpoint> = {}) => openService({ id: "openai", title: "OpenAI", kind: "openai", baseURL: fake.baseURL, apiKey: fake.key, ...changes }).then(({ provider }) => provider);

  it("follows no redirect: another origin sees no request, let alone the key", async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      fake.misbehave(jobs, redirecting(`${other.baseURL}/fine_tuning/jobs?key=${fake.key}`, status));
      await assert.rejects((await open()).listJobs(live()), (error) => providerError("unexpected", /sends the request on to http:\/\/127\.0\.0\.1:\d+\. It was not followed/)(error) && !String(error).includes(fake.key));
    }
    assert.deepEqual(other.received, []);
    assert.equal(fake.times(jobs), 5);
  });

  it("sends no file on, either", async () => {
    fake.misbehave("POST /files", redirecting(`${other.baseURL}/files`));
    await assert.rejects((await open()).uploadFile({ path: scratch.file("train.jsonl", "{}\n"), name: "train.jsonl" }, live()), providerError("unexpected", /sends the file on to another address/));
    assert.deepEqual([other.received.length, fake.times("POST /files")], [0, 1]);
  });

  it("follows none of a POST, and none within its own origin", async () => {
    fake.misbehave("POST /fine_tuning/jobs/a/cancel", redirecting(`${other.baseURL}/x`));
    await assert.rejects(async () => (await open()).cancelJob?.("a", live()), providerError("unexpected"));
    fake.misbehave(jobs, redirecting("/v1/models"));
    await assert.rejects((await open()).listJobs(live()), providerError("unexpected"));
    assert.deepEqual([other.received.length, fake.times("GET /models")], [0, 0]);
  });

  it("sends the key, and nothing that the environment holds or that tells of this machine", async () => {
    const before = { ...process.env };
    const found = { OPENAI_BASE_URL: other.baseURL, OPENAI_API_KEY: "sk-other", OPENAI_ADMIN_KEY: "sk-admin", OPENAI_ORG_ID: "org", OPENAI_PROJECT_ID: "project", OPENAI_CUSTOM_HEADERS: "Authorization: Bearer sk-custom\nX-Secret: secret" };
    Object.assign(process.env, found);
    try {
      await (await open()).listJobs(live());
      await (await open({ apiKey: "" })).listJobs(live()).catch(() => undefined);
    } finally {
      for (const name of Object.keys(found)) delete process.env[name];
      Object.assign(process.env, before);
    }
    const [first, second] = fake.received.map(({ headers }) => headers);
    assert.equal(first?.["authorization"], `Bearer ${fake.key}`);
    assert.equal(second?.["authorization"], undefined);
    assert.doesNotMatch(JSON.stringify(fake.received.map(({ headers }) => headers)), /sk-other|sk-admin|sk-custom|secret|stainless|"org"|"project"/i);
    assert.deepEqual(other.received, []);
  });

  it("takes the fetch that is there when it sends", async () => {
    const { fetch } = globalThis;
    const seen: string[] = [];
    const provider = await open();
    globalThis.fetch = (input, init) => {
      seen.push(String(input));
      return fetch(input, init);
    };
    try {
      await provider.listJobs(live());
    } finally {
      globalThis.fetch = fetch;
    }
    assert.deepEqual(seen, [`${fake.baseURL}/fine_tuning/jobs?limit=100`]);
  });

  it("says that nothing listens, and where", async () => {
    const { baseURL } = other;
    await other.close();
    await assert.rejects(async () => (await open({ baseURL })).cancelJob?.("a", live()), providerError("unreachable", /Cannot reach OpenAI at http:\/\/127\.0\.0\.1:\d+\/v1: nothing listens there/));
    other = await startFakeOpenAi();
  });

  it("repeats no key that a server repeats", async () => {
    await assert.rejects((await open({ apiKey: "gsk_another.key" })).listJobs(live()), (error) => providerError("unauthorised", /OpenAI says: Incorrect API key provided: \[key\]/)(error) && !String(error).includes("another"));
  });

  it("takes no key that cannot be one", async () => {
    for (const apiKey of ["sk-a\nb", "sk a", "sk-ключ"]) await assert.rejects(open({ apiKey }), (error) => providerError("invalid", /Set it again/)(error) && !String(error).includes(apiKey));
  });
});
