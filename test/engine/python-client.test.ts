import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { assertFollowsOpenAi } from "../support/openai-specification.ts";
import { buildProgram } from "../support/build-program.ts";
import { scratchFolder } from "../support/scratch.ts";
import { pythonClient, localTraining, setUpMinutes, writeSample } from "./local-training.ts";

describe("the built engine, by the stock client in Python", function () {
  this.timeout(600_000);
  const scratch = scratchFolder();
  let engine: ChildProcess;
  let address: { readonly baseURL: string; readonly token: string };
  let python: string;

  before(async function () {
    this.timeout(setUpMinutes * 60_000);
    await localTraining();
    python = await pythonClient();
    engine = spawn(process.execPath, [await buildProgram("engine"), "serve", "--state", scratch.path("state")], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = (await once(createInterface({ input: engine.stdout as NodeJS.ReadableStream }), "line")) as [string];
    address = JSON.parse(line) as typeof address;
  });
  after(async () => {
    if (!engine) return;
    const exited = once(engine, "exit");
    engine.kill("SIGTERM");
    await exited;
  });

  it("uploads, trains, watches and chats, and every answer is what the specification says", async () => {
    const client = spawn(python, ["test/engine/python-client.py", address.baseURL, address.token, await writeSample(scratch.path("."), 4)], { stdio: ["ignore", "pipe", "inherit"] });
    const answers: [schema: string, value: any][] = [];
    for await (const line of createInterface({ input: client.stdout })) answers.push(JSON.parse(line) as [string, unknown]);
    if (client.exitCode === null) await once(client, "exit");
    assert.equal(client.exitCode, 0);
    for (const [schema, value] of answers) if (schema !== "refusal") assertFollowsOpenAi(schema, value);

    const of = (name: string) => answers.filter(([schema]) => schema === name).map(([, value]) => value);
    const job = of("FineTuningJob").at(-1);
    assert.deepEqual([job.status, job.seed, job.method.supervised.hyperparameters.max_steps], ["succeeded", 3, 2], JSON.stringify(job));
    assert.match(job.fine_tuned_model, /^ft:smollm2-135m-instruct:local:py:[0-9a-f]{8}$/);
    assert.equal(of("ListFineTuningJobEventsResponse")[0].data.filter(({ type }: { type: string }) => type === "metrics").length, 2);
    const [whole, checkpoint] = of("CreateChatCompletionResponse");
    // The last checkpoint is the model.
    assert.equal(whole.choices[0].message.content, checkpoint.choices[0].message.content);
    assert.equal(whole.choices[0].logprobs.content[0].top_logprobs.length, 2);
    assert.equal(of("CreateChatCompletionStreamResponse").map((chunk) => chunk.choices[0]?.delta.content ?? "").join(""), whole.choices[0].message.content);
    assert.deepEqual(of("refusal"), [[404, "fine_tune_not_found"]]);
  });
});
