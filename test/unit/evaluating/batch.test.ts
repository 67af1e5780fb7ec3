import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Waiting } from "../../../src/evaluation/adaptive-concurrency.ts";
import type { ChatBatches } from "../../../src/evaluation/batch/batches.ts";
import { describeBatch } from "../../../src/evaluation/batch/describe-batch.ts";
import { runEvaluation, type Progress } from "../../../src/evaluation/run.ts";
import type { TestRecord } from "../../../src/evaluation/test-set.ts";
import { openAnswerFile, type PlanHeading } from "../../../src/evaluating/answer-file.ts";
import { openBatchLedger } from "../../../src/evaluating/batch-ledger.ts";
import { evaluationFolder } from "../../../src/evaluating/evaluation-folder.ts";
import { createHttpClient } from "../../../src/providers/http/client.ts";
import { openService, type Service } from "../../../src/providers/index.ts";
import { createBatches as createOpenAiBatches } from "../../../src/providers/openai/batches.ts";
import { createClient } from "../../../src/providers/openai/client.ts";
import { createBatches as createTogetherBatches } from "../../../src/providers/together/batches.ts";
import type { BatchLimits } from "../../../src/providers/wire/batch-lines.ts";
import { resultLine, type FakeBatches } from "../../support/fake-batches.ts";
import { startFakeOpenAi } from "../../support/fake-openai.ts";
import { cut, loseAnswer, refusal, type FakeServer, type Fault } from "../../support/fake-server.ts";
import { startFakeTogether } from "../../support/fake-together.ts";

interface Stage {
  readonly fake: FakeServer & { readonly batches: FakeBatches };
  readonly service: Service;
  /** The same with other limits. */
  limited(limits: BatchLimits): ChatBatches;
  readonly file: string;
}

const model = "gpt-4o-mini";
const create = "POST /batches";
const chat = "POST /chat/completions";
/** A fault that passes, after which clients ask again at once. */
const late = refusal(503, "Late", null, { "retry-after-ms": "1" });
const roomy: BatchLimits = { requests: 50_000, bytes: 1_000_000 };

const stages: Readonly<Record<string, () => Promise<Stage>>> = {
  async openai() {
    const fake = await startFakeOpenAi();
    const endpoint = { id: "Ours", title: "Ours", kind: "openai", baseURL: fake.baseURL, apiKey: fake.key };
    return { fake, file: "POST /files", service: await openService(endpoint), limited: (limits) => createOpenAiBatches(endpoint, createClient(endpoint), model, limits) };
  },
  async together() {
    const fake = await startFakeTogether();
    const endpoint = { id: "Ours", title: "Ours", kind: "together", baseURL: fake.baseURL, apiKey: fake.key };
    return { fake, file: "POST /files/upload", service: await openService(endpoint), limited: (limits) => createTogetherBatches(endpoint, createHttpClient(endpoint), { get: () => assert.fail("no store") }, model, limits) };
  },
};

for (const [name, open] of Object.entries(stages)) {
  describe(`questions by batch, over a fake of ${name}'s batches built from its specification`, () => {
    let stage: Stage;
    let root: string;
    const progress: Progress[] = [];
    beforeEach(async () => {
      [stage, root] = [await open(), await mkdtemp(join(tmpdir(), "tunesmith-"))];
      progress.length = 0;
    });
    afterEach(async () => {
      await stage.fake.close();
      await rm(root, { recursive: true, force: true });
    });

    const records = (count: number): TestRecord[] => Array.from({ length: count }, (_, index) => ({ line: index + 1, prompt: [{ role: "user", content: `Question ${index}` }], reference: "" }));
    const instant: Waiting = { pause: async (_milliseconds, signal) => signal.throwIfAborted(), random: () => 0 };
    const begun: PlanHeading = { startedAt: "", planFile: "a.eval.jsonc", asked: [{ provider: "Ours", model }] };
    const batchesOf = (): ChatBatches => stage.service.batches?.(model) ?? assert.fail("no batches");
    interface Run { readonly count?: number; readonly waiting?: Waiting; readonly signal?: AbortSignal; readonly batches?: ChatBatches; readonly id?: string }
    /** A run of a process of its own: all that it knows of earlier ones is on disk. Gives the answers in the order of the records. */
    async function run({ count = 4, waiting = instant, signal = new AbortController().signal, batches = batchesOf(), id = "a" }: Run = {}): Promise<string[]> {
      const store = await openAnswerFile(root, id, begun);
      const candidate = { name: "one", provider: "Ours", model: stage.service.chatModel(model), batch: { batches, ledger: openBatchLedger(root) } };
      const answered = await runEvaluation({ records: records(count), candidates: [candidate], options: { temperature: 0, maximumTokens: 9 }, concurrency: 2 }, store, (each) => void progress.push(each), waiting, signal);
      return answered.map(({ outcomes: [outcome] }) => (!outcome ? "" : "failure" in outcome ? `failed: ${outcome.failure}` : outcome.text));
    }
    const heard = (count: number): string[] => records(count).map((_, index) => `${model} heard: Question ${index}`);
    const pending = (): Promise<string[]> => readdir(join(evaluationFolder(root), "batches"));
    /** The process ends when something is waited for the so-maniest time. */
    const endsAt = (time: number): Waiting => {
      let waited = 0;
      return { ...instant, pause: async () => { if ((waited += 1) === time) throw new Error("The process has ended."); } };
    };

    it("is one file and one batch, whose answers are found by their names and kept; nobody is asked one by one, and nothing twice", async () => {
      assert.deepEqual(await run(), heard(4));
      assert.deepEqual([stage.fake.times(stage.file), stage.fake.times(create), stage.fake.times(chat), await pending()], [1, 1, 0, []]);
      assert.deepEqual(await run({ count: 5 }), heard(5));
      assert.deepEqual([stage.fake.times(create), stage.fake.times(chat)], [2, 0]);
      const told = progress.flatMap(({ batch }) => (batch ? [describeBatch(batch)] : []));
      assert.match(told[0] ?? "", /^batch of 4 questions: 0 answered \((sent|validating)\)$/);
      assert.ok(told.every((words) => /^batch of (4|1) questions?: \d+ answered/.test(words)) && told.some((words) => /^batch of 4 questions: 2 answered \(/.test(words)) === (name === "openai"), told.join("\n"));
    });

    it("is split where the service's limits want it, each part with a file of its own", async () => {
      assert.deepEqual(await run({ batches: stage.limited({ ...roomy, requests: 2 }), count: 5 }), heard(5));
      assert.equal(stage.fake.times(create), 3);
      const [line = ""] = [...stage.limited(roomy).split([{ id: "x", messages: [{ role: "user", content: "ä" }], options: { temperature: 0, maximumTokens: 9 } }])][0]?.lines ?? [];
      const parts = (bytes: number): number[] => [...stage.limited({ requests: 9, bytes }).split(["x", "y", "z"].map((id) => ({ id, messages: [{ role: "user", content: "ä" }], options: { temperature: 0, maximumTokens: 9 } })))].map(({ ids }) => ids.length);
      const length = Buffer.byteLength(line);
      assert.deepEqual([parts(3 * length), parts(3 * length - 1), parts(1)], [[3], [2, 1], [1, 1, 1]]);
    });

    it("is waited for by the next run when the process ends, and never sent twice, whatever evaluation asks", async () => {
      await assert.rejects(run({ waiting: endsAt(1) }), /The process has ended/);
      assert.equal((await pending()).length, 1);
      // The plan was changed meanwhile, and asks one question more.
      assert.deepEqual(await run({ count: 5, id: "b" }), heard(5));
      assert.deepEqual([stage.fake.times(create), stage.fake.times(chat), await pending()], [2, 0, []]);
      assert.deepEqual(await run(), heard(4));
      assert.equal(stage.fake.times(create), 2);
    });

    it("is found by its file when its answer was lost, at once or by the next run", async () => {
      stage.fake.misbehave(create, loseAnswer);
      assert.deepEqual(await run(), heard(4));
      assert.equal(stage.fake.times(create), 1);
      stage.fake.misbehave(create, loseAnswer);
      stage.fake.misbehave("GET /batches", late, 3);
      await assert.rejects(run({ count: 6 }), /Ours has a fault of its own|Cannot reach Ours/);
      assert.deepEqual(await run({ count: 6 }), heard(6));
      assert.deepEqual([stage.fake.times(create), stage.fake.times(chat)], [2, 0]);
      // One that was never made is forgotten, and its questions are sent again.
      stage.fake.misbehave(create, cut);
      stage.fake.misbehave("GET /batches", late, 3);
      await assert.rejects(run({ count: 7 }), /Ours has a fault of its own|Cannot reach Ours/);
      assert.deepEqual(await run({ count: 7 }), heard(7));
      assert.deepEqual([stage.fake.times(create), await pending()], [4, []]);
    });

    it("leaves to be asked one by one what it has no answer to, and tells what was refused for good", async () => {
      stage.fake.batches.refuses = ({ body: { messages } }) => (/0$/.test(messages[0]?.content ?? "") ? { status: 400, message: "too long" } : /1$/.test(messages[0]?.content ?? "") ? { status: 429, message: "slow down" } : undefined);
      assert.deepEqual(await run(), ["failed: Ours refuses the question: too long", ...heard(4).slice(1)]);
      assert.deepEqual([stage.fake.times(create), stage.fake.times(chat)], [1, 1]);
    });

    it("keeps what an expired batch has answered; the rest is asked one by one", async () => {
      Object.assign(stage.fake.batches, { end: "expired", answeredBefore: 3 });
      assert.deepEqual(await run(), heard(4));
      assert.deepEqual([stage.fake.times(create), stage.fake.times(chat)], [1, 1]);
    });

    it("is cancelled at the service when the run is; what it has answered is kept, and the rest goes into a batch again", async () => {
      Object.assign(stage.fake.batches, { end: undefined, answeredBefore: 3 });
      const stop = new AbortController();
      let waited = 0;
      const waiting: Waiting = { ...instant, pause: async (_milliseconds, signal) => { if ((waited += 1) === 3) stop.abort(new Error("enough")); signal.throwIfAborted(); } };
      await assert.rejects(run({ waiting, signal: stop.signal }), /^Error: enough$/);
      assert.equal(stage.fake.times(/^POST \/batches\/.+\/cancel$/), 1);
      stage.fake.batches.end = "completed";
      assert.deepEqual(await run(), heard(4));
      assert.deepEqual([stage.fake.times(create), stage.fake.times(chat), await pending()], [2, 0, []]);
      assert.ok(progress.every(({ batch }) => batch === undefined || (batch.questions === 4 && batch.failed === 0)), "what is sent again is counted once");
    });

    it("is cancelled for every candidate before the run is told to be", async () => {
      stage.fake.batches.end = undefined;
      const stop = new AbortController();
      const slow: Fault = async (_context, regular) => {
        await delay(50);
        return regular();
      };
      stage.fake.misbehave(/^POST \/batches\/.+\/cancel$/, slow, 1);
      const candidates = ["one", "two"].map((name) => ({ name, provider: "Ours", model: stage.service.chatModel(model), batch: { batches: batchesOf(), ledger: openBatchLedger(root) }, ask: ({ prompt }: TestRecord) => [{ role: "system", content: name }, ...prompt] }));
      let looks = 0;
      const waiting: Waiting = { ...instant, pause: async (_milliseconds, signal) => { if ((looks += 1) === 4) stop.abort(new Error("enough")); await delay(1); signal.throwIfAborted(); } };
      await assert.rejects(runEvaluation({ records: records(2), candidates, options: { temperature: 0, maximumTokens: 9 }, concurrency: 2 }, await openAnswerFile(root, "a", begun), () => undefined, waiting, stop.signal), /enough/);
      assert.deepEqual(stage.fake.batches.list.map(({ status }) => /cancel/i.test(String(status))), [true, true]);
    });

    it("is looked at again after the service was not reached, or was busy, for however long", async () => {
      stage.fake.misbehave(/^GET \/batches\/.+/, late, 9);
      stage.fake.misbehave(/^GET \/batches\/.+/, refusal(503, "Busy", null, { "retry-after": "600" }), 2);
      stage.fake.misbehave(/^GET \/files\/.+\/content/, late, 3);
      stage.fake.misbehave(create, refusal(429, "Later", null, { "retry-after-ms": "1" }), 2);
      assert.deepEqual(await run(), heard(4));
      assert.deepEqual([stage.fake.times(create), stage.fake.times(chat)], [3, 0]);
    });

    it("that is refused as a whole stops the run, with the service's reason; so does one that the service has forgotten", async () => {
      stage.fake.batches.end = "failed";
      await assert.rejects(run(), /^Error: Ours refuses the batch of gpt-4o-mini: .*not supported by the (B|b)atch API\. Leave "batch" out/);
      stage.fake.misbehave(create, refusal(400, "No more"));
      await assert.rejects(run(), /No more/);
      stage.fake.batches.end = "completed";
      await assert.rejects(run({ waiting: endsAt(1) }), /The process has ended/);
      stage.fake.batches.list.length = 0;
      await assert.rejects(run(), /The answers of the batch \S+ are lost; running this again asks its questions anew\.$/);
      assert.deepEqual([await run(), await pending()], [heard(4), []]);
    });

    it("reads nothing into lines that are none, name no question of the batch, or come twice", async () => {
      const strange = ["not JSON", "{}", resultLine("stranger", { status: 200, body: {} }), "", '{"custom_id":7}', "null"].join("\n");
      stage.fake.misbehave(/^GET \/files\/.+\/content/, async (_context, regular) => { const text = await (await regular()).text(); return new Response(`${strange}\n${text}${text.trimEnd()}`); });
      assert.deepEqual(await run(), heard(4));
      assert.equal(stage.fake.times(chat), 0);
    });
  });
}

describe("batches of services that have none", () => {
  it("are no member of the service", async () => {
    for (const endpoint of [{ kind: "openai", baseURL: "http://127.0.0.1:1/v1", dialect: "local-engine" }, { kind: "openai", baseURL: "https://a.openai.azure.com/openai/v1" }, { kind: "fireworks", baseURL: "https://api.fireworks.ai" }]) {
      assert.equal((await openService({ id: "x", title: "x", apiKey: "", ...endpoint })).batches, undefined);
    }
  });
});
