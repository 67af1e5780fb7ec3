import assert from "node:assert/strict";
import { openLedger } from "../../../src/launch/ledger-file.ts";
import { userConfigurationFile } from "../../../src/cli/jobs/user-configuration.ts";
import { startFakeOpenAi, type FakeOpenAi } from "../../support/fake-openai.ts";
import type { Ended } from "../../support/run-program.ts";
import { cleanRecords, programFixture } from "./program-fixture.ts";

/** The program as it ships, over a fake of OpenAI's specification; state and configuration lie in the scratch folder. */
describe("jobs on the command line", function () {
  this.timeout(60_000);
  const fixture = programFixture();
  let fake: FakeOpenAi;
  let number = 0;

  beforeEach(async () => {
    fake = await startFakeOpenAi();
    number++;
    fixture.file("config/config.jsonc", `// Mine\n{ "services": { "Ours": { "baseURL": "${fake.baseURL}", "keyVariable": "OUR_KEY" } } }\n`);
    fixture.file("train.jsonl", cleanRecords.join("\n"));
    fixture.file("a.finetune.jsonc", '{ "service": "Ours", "model": "gpt-4o-mini", "data": { "training": "train.jsonl" }, "hyperparameters": { "n_epochs": 2 } }\n');
  });
  afterEach(() => fake.close());

  const state = (): string => fixture.path(`state-${number}`);
  const run = (...parameters: string[]): Promise<Ended> => fixture.run(parameters, { env: { TUNESMITH_CONFIG: fixture.path("config/config.jsonc"), TUNESMITH_STATE: state(), OUR_KEY: fake.key } });
  const start = async (): Promise<string> => (await run("start", "a.finetune.jsonc", "--yes")).stdout.trim();

  it("estimate says what a launch file comes to, and sends nothing", async () => {
    const { code, stdout } = await run("estimate", "a.finetune.jsonc");
    assert.equal(code, 0, stdout);
    assert.match(stdout, /^gpt-4o-mini on .+train\.jsonl at Ours\n {2}Records +10\n {2}Tokens +\d+ {2}\(counted with the model's own tokenizer\)\n/);
    assert.match(stdout, /^ {2}Epochs +2 {2}\(as chosen\)$/m);
    assert.match(stdout, /^✓ service: Ours answers\.$/m);
    assert.deepEqual([fake.times("POST /files"), fake.times("POST /fine_tuning/jobs")], [0, 0]);
    const json = JSON.parse((await run("estimate", "a.finetune.jsonc", "--format", "json")).stdout) as { mayStart: boolean; estimate: { records: number }; launch: { model: string } };
    assert.deepEqual([json.mayStart, json.estimate.records, json.launch.model], [true, 10, "gpt-4o-mini"]);
  });

  it("estimate ends with 1 when something forbids the start, and names the line of a dataset", async () => {
    fixture.file("train.jsonl", `${cleanRecords.join("\n")}\n{"messages": []}\n`);
    const { code, stdout } = await run("estimate", "a.finetune.jsonc", "--format", "json");
    assert.equal(code, 1);
    const { mayStart, checks } = JSON.parse(stdout) as { mayStart: boolean; checks: { name: string; outcome: string; line?: number }[] };
    assert.equal(mayStart, false);
    assert.deepEqual(checks.filter(({ outcome }) => outcome === "failed").map(({ name, line }) => [name, line]), [["dataset", 11]]);
  });

  it("says where a launch file is no launch file", async () => {
    fixture.file("bad.finetune.jsonc", '{\n  "service": "Ours",\n  "modle": "m"\n}\n');
    const { code, stderr } = await run("estimate", "bad.finetune.jsonc");
    assert.equal(code, 2);
    assert.match(stderr, /^bad\.finetune\.jsonc:3:3 There is no setting "modle"; did you mean "model"\?$/m);
    assert.match(stderr, /^bad\.finetune\.jsonc:1:1 "model" is missing; expected is a text in quotes\.$/m);
  });

  it("start starts nothing without a word, because nobody is there to give it", async () => {
    const { code, stderr } = await run("start", "a.finetune.jsonc");
    assert.equal(code, 1);
    assert.match(stderr, /Fine-tune gpt-4o-mini on train\.jsonl at Ours\?[^]+10 records, [\d,]+ tokens\.[^]+Nothing was started\. --yes starts it without asking\./);
    assert.deepEqual([fake.files.size, fake.jobs.length], [0, 0]);
  });

  it("start --yes starts it, prints the job's id, and keeps it in the ledger that the editor reads", async () => {
    const { code, stdout, stderr } = await run("start", "a.finetune.jsonc", "--yes");
    assert.equal(code, 0, stderr);
    assert.equal(stdout.trim(), fake.jobs[0]?.["id"]);
    const [launch] = await openLedger(`${state()}/launches`).list();
    assert.deepEqual([launch?.step, launch?.job, launch?.provider], ["created", stdout.trim(), "Ours"]);
  });

  it("start --yes starts nothing a second time unless --again says so, and then sends no byte twice", async () => {
    await start();
    const second = await run("start", "a.finetune.jsonc", "--yes");
    assert.equal(second.code, 1);
    assert.match(second.stderr, /The same was started before, on [^]+--again starts what was started before\./);
    assert.equal(fake.jobs.length, 1);
    assert.equal((await run("start", "a.finetune.jsonc", "--yes", "--again")).code, 0);
    assert.deepEqual([fake.jobs.length, fake.times("POST /files")], [2, 1]);
  });

  it("jobs lists them, and says which service does not answer", async () => {
    const job = await start();
    const { code, stdout } = await run("jobs");
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`^Ours  ${job} +gpt-4o-mini  `));
    const stranger = await fixture.run(["jobs", "--format", "json"], { env: { TUNESMITH_CONFIG: fixture.path("config/config.jsonc"), TUNESMITH_STATE: state(), OUR_KEY: "sk-of-a-stranger" } });
    assert.equal(stranger.code, 2);
    const { jobs, errors } = JSON.parse(stranger.stdout) as { jobs: unknown[]; errors: { service: string; message: string }[] };
    assert.deepEqual([jobs, errors.map(({ service }) => service)], [[], ["Ours"]]);
    assert.ok(!stranger.stdout.includes("sk-of-a-stranger"));
  });

  it("watch tells the events until the end, and its exit code says how that was", async () => {
    const job = await start();
    fake.finish(job, "succeeded");
    const { code, stdout } = await run("watch", job);
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`train_loss=[^]+\\n${job}: succeeded.*ft:`));
    fixture.file("b.finetune.jsonc", '{ "service": "Ours", "model": "gpt-4o-mini", "data": { "training": "train.jsonl" } }\n');
    const other = (await run("start", "b.finetune.jsonc", "--yes")).stdout.trim();
    fake.finish(other, "failed");
    const failed = await run("watch", other, "--format", "json");
    assert.equal(failed.code, 1);
    const last = JSON.parse(failed.stdout.trim().split("\n").at(-1) ?? "") as { job: { status: string } };
    assert.equal(last.job.status, "failed");
  });

  it("runs lists what every start left in .tunesmith/runs, and compare says what has changed", async () => {
    const job = await start();
    fake.finish(job, "succeeded");
    await run("watch", job);
    fixture.file("a.finetune.jsonc", '{ "service": "Ours", "model": "gpt-4o-mini", "data": { "training": "train.jsonl" }, "hyperparameters": { "n_epochs": 5 } }\n');
    const second = await start();
    const { runs } = JSON.parse((await run("runs", "--format", "json")).stdout) as { runs: { job: string; state: string; results?: { metrics: object } }[] };
    const [later, earlier] = [runs.find((each) => each.job === second), runs.find((each) => each.job === job)];
    assert.deepEqual([later?.state, earlier?.state, Object.keys(earlier?.results?.metrics ?? {}).includes("train_loss")], ["validating", "succeeded", true]);
    const { code, stdout, stderr } = await run("compare", job, second);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^The training data is the same\. Changed: n\\_epochs: 2 → 5\.$/m);
    assert.match((await run("compare", "none")).stderr, /There is no run "none" in this folder/);
  });

  it("cancel cancels, and says why it cannot", async () => {
    const job = await start();
    const { code, stdout } = await run("cancel", job);
    assert.deepEqual([code, stdout], [0, `${job}: cancelled\n`]);
    const again = await run("cancel", job);
    assert.equal(again.code, 2);
    assert.match(again.stderr, /cannot be cancelled: it is cancelled\./);
    assert.match((await run("cancel", "ftjob-none")).stderr, /No service knows a job "ftjob-none"/);
  });

  it("upload has a dataset at a service, once", async () => {
    const first = await run("upload", "train.jsonl", "--service", "Ours");
    assert.equal(first.code, 0, first.stderr);
    const second = await run("upload", "train.jsonl", "--service", "Ours", "--format", "json");
    assert.deepEqual({ ...(JSON.parse(second.stdout) as object), sha256: "" }, { service: "Ours", file: first.stdout.trim(), reused: true, sha256: "" });
    assert.equal(fake.files.size, 1);
  });

  describe("the user's configuration file", () => {
    it("is in the user's configuration folder, or where the user says; a folder that is worked in has no say", async () => {
      assert.equal(userConfigurationFile({ TUNESMITH_CONFIG: "/mine.jsonc" }, "linux"), "/mine.jsonc");
      assert.equal(userConfigurationFile({ XDG_CONFIG_HOME: "/configuration" }, "linux"), "/configuration/tunesmith/config.jsonc");
      fixture.file("tunesmith/config.jsonc", `{ "services": { "Evil": { "baseURL": "${fake.baseURL}", "keyVariable": "OUR_KEY" } } }`);
      const { stderr } = await fixture.run(["jobs", "--service", "Evil"], { env: { TUNESMITH_CONFIG: "", XDG_CONFIG_HOME: fixture.path("nothing"), TUNESMITH_STATE: state(), OUR_KEY: fake.key } });
      assert.match(stderr, /There is no service "Evil"\. There are: local/);
      assert.equal(fake.received.length, 0);
    });

    it("is refused with the place of a fault, and a key that stands where its variable should is not repeated", async () => {
      fixture.file("config/config.jsonc", '{ "services": { "Ours": { "baseURL": "x", "keyVariable": "sk-secret-123" } } }');
      const { code, stderr } = await run("jobs");
      assert.equal(code, 2);
      assert.match(stderr, /"services\.Ours\.keyVariable" is no name of an environment variable/);
      assert.ok(!stderr.includes("sk-secret-123"));
      fixture.file("config/config.jsonc", '{ "services": { "Ours": { "baseUrl": "x" } } }');
      assert.match((await run("jobs")).stderr, /config\.jsonc:1:27 There is no setting "baseUrl"; did you mean "baseURL"\?/);
    });

    it("says which variable is empty", async () => {
      fixture.file("config/config.jsonc", '{ "services": { "Far": { "baseURL": "https://far.example/v1", "keyVariable": "FAR_KEY" } } }');
      assert.match((await run("jobs")).stderr, /Far needs an API key, and the environment variable FAR_KEY is empty\./);
    });
  });
});
