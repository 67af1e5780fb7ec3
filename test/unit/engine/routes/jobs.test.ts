import assert from "node:assert/strict";
import { assertFollowsOpenAi } from "../../../support/openai-specification.ts";
import { scratchFolder } from "../../../support/scratch.ts";
import { baseModel, startFakeEngine, type FakeEngine } from "../fake-engine.ts";
import { until } from "../fake-runner.ts";

describe("fine-tuning jobs over HTTP", () => {
  const { path, file } = scratchFolder();
  let number = 0;
  let engine: FakeEngine;
  let training: string;
  const checked: unknown[] = [];

  beforeEach(async () => {
    checked.splice(0);
    engine = await startFakeEngine(path(`state-${++number}`), { checkFile: (_path, use, method) => Promise.resolve(checked.push([use, method]) && 50) });
    training = await engine.upload("records");
  });
  afterEach(() => engine.close());

  const create = (more: object = {}) =>
    engine.ask("/fine_tuning/jobs", { method: "POST", body: JSON.stringify({ model: baseModel, training_file: training, ...more }), headers: { "content-type": "application/json" } });
  const created = async (more: object = {}): Promise<string> => (await create(more)).body.id as string;
  const cancel = (id: string) => engine.ask(`/fine_tuning/jobs/${id}/cancel`, { method: "POST" });

  it("creates a job, trains it, and shows it as the specification says at each of its stages", async () => {
    const { status, body: made } = await create({ suffix: "cards", seed: 7, metadata: { team: "one" }, hyperparameters: { batch_size: 2, learning_rate_multiplier: 0.5 } });
    assert.equal(status, 200);
    assertFollowsOpenAi("FineTuningJob", made);
    assert.deepEqual([made.status, made.seed, made.user_provided_suffix, made.metadata, made.hyperparameters], ["validating_files", 7, "cards", { team: "one" }, { n_epochs: "auto", batch_size: 2, learning_rate_multiplier: 0.5 }]);

    await until(() => engine.runs.length === 1);
    const [run] = engine.runs;
    const { body: running } = await engine.ask(`/fine_tuning/jobs/${made.id}`);
    assertFollowsOpenAi("FineTuningJob", running);
    assert.deepEqual([running.status, running.hyperparameters.n_epochs, running.method.supervised.hyperparameters.n_epochs, running.estimated_finish], ["running", 3, 3, null]);
    assert.deepEqual([run?.request.epochs, run?.request.batchSize, run?.request.learningRateMultiplier, run?.request.seed, run?.request.trainingFile], [3, 2, 0.5, 7, engine.store.dataOf(training)]);

    for (const step of [1, 2]) run?.report({ type: "metrics", step, totalSteps: 4, metrics: { train_loss: 3 - step, train_mean_token_accuracy: 0.5 } });
    const { body: midway } = await engine.ask(`/fine_tuning/jobs/${made.id}`);
    assertFollowsOpenAi("FineTuningJob", midway);
    assert.ok(Number.isInteger(midway.estimated_finish) && midway.estimated_finish >= midway.created_at, String(midway.estimated_finish));

    run?.report({ type: "checkpoint", step: 2, folder: path("."), metrics: { train_loss: 1, full_valid_loss: 1.5 } });
    run?.report({ type: "metrics", step: 3, totalSteps: 4, metrics: { train_loss: 0.5 } });
    run?.succeed();
    await engine.become(made.id, "succeeded");
    const { body: done } = await engine.ask(`/fine_tuning/jobs/${made.id}`);
    assertFollowsOpenAi("FineTuningJob", done);
    assert.match(done.fine_tuned_model, /^ft:smollm2-135m-instruct:local:cards:[0-9a-f]{8}$/);
    assert.deepEqual([done.trained_tokens, done.estimated_finish, done.error], [70, null, null]);

    const { body: checkpoints } = await engine.ask(`/fine_tuning/jobs/${made.id}/checkpoints`);
    assertFollowsOpenAi("ListFineTuningJobCheckpointsResponse", checkpoints);
    assert.deepEqual(checkpoints.data.map((each: any) => [each.fine_tuned_model_checkpoint, each.step_number, each.metrics.full_valid_loss]), [[`${done.fine_tuned_model}:ckpt-step-2`, 2, 1.5]]);

    const { body: events } = await engine.ask(`/fine_tuning/jobs/${made.id}/events?limit=100`);
    assertFollowsOpenAi("ListFineTuningJobEventsResponse", events);
    assert.deepEqual(events.data.map(({ message }: any) => message).reverse(), [
      `Created fine-tuning job: ${made.id}`, `Validating training file: ${training}`, "Files validated, moving job to queued state", "Fine-tuning job started",
      "Step 1/4: training loss=2.00", "Step 2/4: training loss=1.00", "Step 3/4: training loss=0.50", "Checkpoint created at step 2",
      `New fine-tuned model created: ${done.fine_tuned_model}`, "The job has successfully completed",
    ]);
    assert.deepEqual(events.data.find(({ type }: any) => type === "metrics").data, { step: 3, total_steps: 4, train_loss: 0.5 });
  });

  it("gives the figures of all steps as a result file", async () => {
    const id = await created();
    await until(() => engine.runs.length === 1);
    for (let step = 1; step <= 250; step++) engine.runs[0]?.report({ type: "metrics", step, totalSteps: 250, metrics: { train_loss: 1 / step } });
    engine.runs[0]?.report({ type: "metrics", step: 250, totalSteps: 250, metrics: { full_valid_loss: 0.25 } });
    engine.runs[0]?.succeed();
    const [result] = (await engine.become(id, "succeeded")).result_files;
    const shown = await engine.client.files.retrieve(result ?? "");
    assertFollowsOpenAi("OpenAIFile", shown);
    assert.equal(shown.purpose, "fine-tune-results");
    const csv = await (await engine.client.files.content(result ?? "")).text();
    assert.equal(csv.length, shown.bytes);
    const lines = csv.trimEnd().split("\n");
    assert.deepEqual([lines.length, lines[0], lines[2], lines[250]], [251, "step,train_loss,train_mean_token_accuracy,valid_loss,valid_mean_token_accuracy,full_valid_loss,full_valid_mean_token_accuracy", "2,0.5,,,,,", "250,0.004,,,,0.25,"]);
    assert.equal((await create({ training_file: result })).body.error.message, `${result} (step_metrics.csv) has the purpose fine-tune-results; a job takes files of the purpose fine-tune.`);
  });

  it("tells every step of a short training, and about a hundred of a long one with its first and last", async () => {
    for (const [total, told] of [[100, 100], [1000, 101]] as const) {
      const id = await created();
      await until(() => engine.runs.at(-1)?.request.output.endsWith(id) === true);
      for (let step = 1; step <= total; step++) engine.runs.at(-1)?.report({ type: "metrics", step, totalSteps: total, metrics: { train_loss: 1 } });
      const steps = engine.store.events(id).filter(({ type }) => type === "metrics").map(({ data }) => data?.["step"]);
      assert.deepEqual([steps.length, steps[0], steps.at(-1)], [told, 1, total]);
      await cancel(id);
      await until(() => !engine.queue.isBusy());
    }
  });

  it("takes hyperparameters where either form of the API has them, and the engine's own beside them", async () => {
    const hyperparameters = { n_epochs: 2, batch_size: "auto", learning_rate_multiplier: "auto", max_steps: 9, lora_rank: 4, lora_layers: 2 };
    for (const more of [{ hyperparameters }, { method: { type: "supervised", supervised: { hyperparameters } } }]) {
      const { body } = await create(more);
      assertFollowsOpenAi("FineTuningJob", body);
      assert.deepEqual(body.hyperparameters, { n_epochs: 2, batch_size: 4, learning_rate_multiplier: 1, max_steps: 9, lora_rank: 4, lora_layers: 2 });
      await until(() => engine.runs.at(-1)?.request.output.endsWith(body.id) === true);
      const request = engine.runs.at(-1)?.request;
      assert.deepEqual([request?.epochs, request?.maxSteps, request?.loraRank, request?.loraLayers], [2, 9, 4, 2]);
      await cancel(body.id);
    }
  });

  it("trains from pairs by the method dpo, and shows it with its beta", async () => {
    const { body } = await create({ method: { type: "dpo", dpo: { hyperparameters: { n_epochs: 1, beta: 0.2, lora_layers: 2 } } } });
    assertFollowsOpenAi("FineTuningJob", body);
    assert.deepEqual(body.method, { type: "dpo", dpo: { hyperparameters: { n_epochs: 1, batch_size: 4, learning_rate_multiplier: 1, beta: 0.2, lora_layers: 2 } } });
    await until(() => engine.runs.length === 1);
    assert.deepEqual([engine.runs[0]?.request.method, engine.runs[0]?.request.beta], ["dpo", 0.2]);
    assert.deepEqual(checked, [["training", "dpo"]]);
    const rewards = { train_reward_accuracy: 0.75, train_reward_margin: 0.5 };
    engine.runs[0]?.report({ type: "metrics", step: 1, totalSteps: 1, metrics: { train_loss: 0.6, ...rewards } });
    engine.runs[0]?.succeed();
    const [result] = (await engine.become(body.id, "succeeded")).result_files;
    const { body: events } = await engine.ask(`/fine_tuning/jobs/${body.id}/events`);
    assertFollowsOpenAi("ListFineTuningJobEventsResponse", events);
    assert.deepEqual(events.data.find(({ type }: any) => type === "metrics").data, { step: 1, total_steps: 1, train_loss: 0.6, ...rewards });
    assert.equal(await (await engine.client.files.content(result ?? "")).text(), "step,train_loss,train_mean_token_accuracy,valid_loss,valid_mean_token_accuracy,full_valid_loss,full_valid_mean_token_accuracy,train_reward_accuracy,train_reward_margin\n1,0.6,,,,,,0.75,0.5\n");
  });

  it("lists jobs page by page, newest first, and those of some metadata", async () => {
    const ids = [await created({ metadata: { team: "one" } }), await created(), await created()];
    const { body } = await engine.ask("/fine_tuning/jobs?limit=2");
    assertFollowsOpenAi("ListPaginatedFineTuningJobsResponse", body);
    assert.deepEqual([body.data.map(({ id }: any) => id), body.has_more], [[ids[2], ids[1]], true]);
    const all: string[] = [];
    for await (const job of engine.client.fineTuning.jobs.list({ limit: 1 })) all.push(job.id);
    assert.deepEqual(all, ids.toReversed());
    assert.deepEqual((await engine.ask("/fine_tuning/jobs?metadata[team]=one")).body.data.map(({ id }: any) => id), [ids[0]]);
    const events: string[] = [];
    for await (const event of engine.client.fineTuning.jobs.listEvents(ids[0] ?? "", { limit: 1 })) events.push(event.message);
    assert.ok(events.length >= 3 && events.at(-1) === `Created fine-tuning job: ${ids[0]}`);
    for (const query of ["limit=-3", "limit=x", "after=ftjob-none"]) assert.equal((await engine.ask(`/fine_tuning/jobs?${query}`)).status, 400, query);
    assert.equal((await engine.ask(`/fine_tuning/jobs/${ids[0]}/events?limit=${"9".repeat(300)}`)).status, 200);
  });

  it("cancels a job once", async () => {
    const id = await created();
    const { body } = await cancel(id);
    assertFollowsOpenAi("FineTuningJob", body);
    assert.equal(body.status, "cancelled");
    const again = await cancel(id);
    assert.deepEqual([again.status, again.body.error.message], [400, "The job has already been cancelled; it cannot be cancelled."]);
  });

  it("refuses in words what no job can be made of, and makes none", async () => {
    const refused: readonly [status: number, message: RegExp, more: object][] = [
      [404, /^No such File object: file-none$/, { training_file: "file-none" }],
      [404, /^No such File object: file-none$/, { validation_file: "file-none" }],
      [404, /^The model gpt-9 does not exist\. There are smollm2/, { model: "gpt-9" }],
      [400, /is no model folder: it has no config\.json\.$/, { model: path("no-model") }],
      [400, /is no model folder: it has no config\.json\.$/, { model: file("a-file", "") }],
      [400, /^The local engine trains with the methods supervised and dpo; reinforcement is not there yet\.$/, { method: { type: "reinforcement" } }],
      [400, /^method\.dpo\.hyperparameters\.beta: /, { method: { type: "dpo", dpo: { hyperparameters: { beta: 3 } } } }],
      [400, /^beta is a hyperparameter of the method dpo; the method supervised has none\.$/, { hyperparameters: { beta: 0.1 } }],
      [400, /^hyperparameters\.n_epochs: /, { hyperparameters: { n_epochs: 0 } }],
      [400, /^hyperparameters\.max_steps: /, { hyperparameters: { max_steps: -1 } }],
      [400, /^seed: /, { seed: 0.5 }],
      [400, /^model: /, { model: 1 }],
    ];
    for (const [status, message, more] of refused) {
      const answer = await create(more);
      assert.equal(answer.status, status, JSON.stringify(more));
      assert.match(answer.body.error.message, message);
    }
    for (const body of ["", "{", "[]", "null", "\u0000"]) {
      const answer = await engine.ask("/fine_tuning/jobs", { method: "POST", body });
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.match(answer.body.error.message, /^The body(: Invalid input: expected object| is no JSON \(.*\); expected an object in JSON\.)/);
    }
    assert.deepEqual((await engine.ask("/fine_tuning/jobs")).body.data, []);
    for (const place of ["", "/cancel", "/events", "/checkpoints"]) {
      const answer = await engine.ask(`/fine_tuning/jobs/ftjob-none${place}`, place === "/cancel" ? { method: "POST" } : {});
      assert.deepEqual([answer.status, answer.body.error.code], [404, "fine_tune_not_found"]);
    }
  });

  it("says what is missing while local training is not set up", async () => {
    await engine.close();
    engine = await startFakeEngine(path("bare"), { ready: false });
    training = await engine.upload("records");
    const { status, body } = await create();
    assert.deepEqual([status, body.error.code], [409, "environment_not_ready"]);
    assert.match(body.error.message, /^Local training is not set up\. Run/);
  });
});
