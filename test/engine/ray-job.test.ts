import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { readLogLines } from "../../src/engine/executors/ray/log-lines.ts";
import { receiveFiles, filePart } from "../../src/engine/executors/ray/received-files.ts";
import { trlCommand } from "../../src/engine/runners/trl-command.ts";
import { pythonEnvironment } from "../../src/engine/python-process.ts";
import { localTraining, quickRequest, scripts, setUpMinutes, temporaryFolder } from "./local-training.ts";

const mark = "@test ";

/** What stands in a cluster's package is run as a node runs it; Ray itself has no part in this. */
describe("the entrypoint on a node of a cluster", function () {
  this.timeout(400_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let python: string;

  before(async function () {
    this.timeout(setUpMinutes * 60_000);
    folder = await temporaryFolder();
    ({ python } = await localTraining());
  });
  after(() => folder.remove());

  async function run(name: string, processes: number, part: object = {}): Promise<Record<string, unknown>[]> {
    const place = join(folder.path, name);
    mkdirSync(place);
    cpSync(scripts, place, { recursive: true, filter: (path) => !path.includes("__pycache__") });
    const request = await quickRequest(folder.path, name);
    cpSync(request.trainingFile, join(place, "training.jsonl"));
    const environment = { ...pythonEnvironment(python, true), TUNESMITH_MARK: mark, TUNESMITH_PROCESSES: String(processes), OMP_NUM_THREADS: "1", TUNESMITH_REQUEST: JSON.stringify({ ...trlCommand({ ...request, trainingFile: "training.jsonl", batchSize: 4, output: "" }), ...part }) };
    const child = spawn(python, ["ray_job.py"], { cwd: place, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    const messages: Record<string, unknown>[] = [];
    let output = "";
    const lines = readLogLines(mark, (message) => messages.push(message as Record<string, unknown>), (line) => (output += `${line}\n`));
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", (line) => lines.add(`${line}\n`));
    await new Promise((resolve) => child.once("close", resolve));
    assert.ok(messages.length > 0, output);
    return messages;
  }

  it("trains in two processes that share each batch, of which one speaks, and sends the adapter", async () => {
    const messages = await run("two", 2);
    // Eight records in batches of four: processes that did not find each other would take four steps each.
    assert.deepEqual(messages.filter(({ type }) => type === "plan").map((message) => message["total_steps"]), [2]);
    assert.deepEqual(messages.filter(({ type }) => type === "metrics").map(({ step }) => step), [1, 2]);
    const files = receiveFiles(join(folder.path, "received"));
    for (const message of messages) {
      const part = filePart.safeParse(message);
      if (part.success) files.take(part.data);
    }
    for (const each of ["checkpoint-2", "adapter"]) files.require(each);
    assert.equal(messages.at(-1)?.["type"], "done");
  });

  it("says what the user can mend: a model that the node has not", async () => {
    const messages = await run("no model", 1, { model: "/models/none" });
    assert.deepEqual(messages.map(({ type, code }) => [type, code]), [["error", "invalid_model"]]);
    assert.match(String(messages[0]?.["message"]), /There is no model folder \/models\/none on the cluster's node .* under "models" of the cluster in your settings/);
  });
});
