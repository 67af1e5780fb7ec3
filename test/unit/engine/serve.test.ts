import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { buildProgram } from "../../support/build-program.ts";
import { runProgram } from "../../support/run-program.ts";
import { scratchFolder } from "../../support/scratch.ts";

interface Served {
  readonly process: ChildProcess;
  readonly baseURL: string;
  readonly token: string;
  /** What it said on standard error so far. */
  complaint(): string;
}

describe("engine serve, as it is built", function () {
  this.timeout(30_000);
  const scratch = scratchFolder();
  const started: ChildProcess[] = [];
  let program: string;

  before(async () => {
    program = await buildProgram("engine");
  });
  afterEach(async () => {
    for (const engine of started.splice(0)) await end(engine, "SIGKILL");
  });

  const environment = (): NodeJS.ProcessEnv => ({ ...process.env, TUNESMITH_CACHE: scratch.path("no-cache") });

  async function serve(state: string): Promise<Served> {
    const engine = spawn(process.execPath, [program, "serve", "--state", state, "--port", "0"], { stdio: ["ignore", "pipe", "pipe"], env: environment() });
    started.push(engine);
    let complaint = "";
    engine.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString("utf8")));
    const line = await Promise.race([once(createInterface({ input: engine.stdout }), "line").then(([first]) => String(first)), once(engine, "exit").then(() => { throw new Error(complaint); })]);
    assert.deepEqual(Object.keys(JSON.parse(line) as object), ["baseURL", "token"]);
    return { ...(JSON.parse(line) as { baseURL: string; token: string }), process: engine, complaint: () => complaint };
  }
  async function end(engine: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
    if (engine.exitCode === null && engine.signalCode === null) {
      engine.kill(signal);
      await once(engine, "exit");
    }
    return engine.exitCode;
  }
  const ask = (engine: Served, path: string, init: RequestInit = {}) => fetch(`${engine.baseURL}${path}`, { ...init, headers: { authorization: `Bearer ${engine.token}` } });
  const refusal = async (...parameters: string[]): Promise<string> => {
    const { code, stdout, stderr } = await runProgram(program, ["serve", ...parameters], { env: environment() });
    assert.deepEqual([code, stdout], [2, ""], stderr);
    return stderr.trimEnd();
  };

  it("prints one line once it listens, and leaves only its state when it is told to end", async () => {
    const state = scratch.path("plain");
    const engine = await serve(state);
    assert.equal((await ask(engine, "/models")).status, 200);
    assert.equal(existsSync(join(state, "engine.lock")), false);
    const announced = JSON.parse(readFileSync(join(state, "engine.json"), "utf8")) as object;
    assert.deepEqual(announced, { baseURL: engine.baseURL, token: engine.token, pid: engine.process.pid });
    if (process.platform === "win32") return;
    assert.equal(await end(engine.process, "SIGTERM"), 0);
    assert.deepEqual(readdirSync(state).sort(), ["files", "jobs"]);
  });

  it("lets one engine at a time work on a state folder, and says which one does, also when two start at the same moment", async () => {
    const state = scratch.path("contested");
    const attempts = await Promise.allSettled([serve(state), serve(state), serve(state)]);
    const [one, ...more] = attempts.filter((attempt) => attempt.status === "fulfilled").map(({ value }) => value);
    assert.ok(one && more.length === 0, `${more.length + 1} engines run`);
    for (const attempt of attempts) {
      if (attempt.status === "rejected") assert.equal(String(attempt.reason.message).trimEnd(), `Another engine (process ${one.process.pid}, ${one.baseURL}) already works on ${state}. Use that one, or name another folder with --state.`);
    }
    assert.equal((await ask(one, "/models")).status, 200);
    assert.equal((JSON.parse(readFileSync(join(state, "engine.json"), "utf8")) as { token: string }).token, one.token);
  });

  it("takes over from an engine that is gone, though another process has its number or its port by now", async () => {
    const state = scratch.path("stale");
    mkdirSync(state);
    const other = createServer((_, response) => response.writeHead(401).end()).listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    for (const baseURL of ["http://127.0.0.1:9/v1", `http://127.0.0.1:${port}/v1`, "http://elsewhere.example/v1"]) {
      writeFileSync(join(state, "engine.json"), JSON.stringify({ baseURL, token: "old", pid: process.pid }));
      const engine = await serve(state);
      assert.equal((await ask(engine, "/models")).status, 200);
      await end(engine.process, "SIGKILL");
    }
    other.close();
    for (const cut of ["", '{"baseURL":"http://12']) {
      writeFileSync(join(state, "engine.json"), cut);
      await end((await serve(state)).process, "SIGKILL");
    }
  });

  it("has its jobs and files again after it was killed, and sets aside what it cannot read", async () => {
    const state = scratch.path("killed");
    const first = await serve(state);
    const form = new FormData();
    form.set("purpose", "fine-tune");
    form.set("file", new Blob(["records"]), "train.jsonl");
    const { id } = (await (await ask(first, "/files", { method: "POST", body: form })).json()) as { id: string };
    await end(first.process, "SIGKILL");
    writeFileSync(join(state, "jobs", "ftjob-cut.job.json"), '{"id":"ftjob-cut"');
    const second = await serve(state);
    assert.equal(await (await ask(second, `/files/${id}/content`)).text(), "records");
    assert.match(second.complaint(), /ftjob-cut\.job\.json cannot be read: .*\. It was set aside as .*; the engine goes on without it\.\n$/);
  });

  it("says in words why it cannot start, and leaves nothing running", async () => {
    const taken = await serve(scratch.path("taken"));
    const port = new URL(taken.baseURL).port;
    assert.equal(await refusal("--state", scratch.path("second"), "--port", port), `Port ${port} is in use by another program. Choose another one, or 0 for a free one.`);
    assert.deepEqual(readdirSync(scratch.path("second")).sort(), ["files", "jobs"]);
    const file = scratch.file("a-file", "");
    assert.equal(await refusal("--state", file), `The state folder ${file} cannot be used. It is a file; a folder is expected. Name another one with --state.`);
    assert.match(await refusal("--state", join(file, "below")), /^The state folder .* cannot be used\. Cannot write .*: a part of its path is a file, not a directory\. Name another one/);
    for (const wrong of ["70000", "-1", "http", "1.5", ""]) assert.equal(await refusal("--state", scratch.path("second"), `--port=${wrong}`), `--port ${wrong} is no port; expected a number from 0 to 65535.`);
    assert.equal(await refusal("--state", scratch.path("second"), "--idle-exit", "soon"), "--idle-exit soon is no time; expected a number of seconds.");
    assert.match(await refusal(), /--state/);
    // The system's administrator may write anywhere, so there it cannot be tried.
    if (process.platform === "win32" || process.getuid?.() === 0) return;
    mkdirSync(scratch.path("locked"));
    chmodSync(scratch.path("locked"), 0o500);
    assert.match(await refusal("--state", scratch.path("locked")), /you have no permission\. Name another one with --state\.$/);
  });

  it("says that local training is not set up, when a job needs it", async () => {
    const engine = await serve(scratch.path("bare"));
    const form = new FormData();
    form.set("purpose", "fine-tune");
    form.set("file", new Blob(["records"]), "train.jsonl");
    const { id } = (await (await ask(engine, "/files", { method: "POST", body: form })).json()) as { id: string };
    const answer = await ask(engine, "/fine_tuning/jobs", { method: "POST", body: JSON.stringify({ model: "smollm2-135m-instruct", training_file: id }) });
    assert.equal(answer.status, 409);
    assert.match(await answer.text(), /Local training is not set up/);
  });

  it("lives on when those who started it are gone, and its standard error with them", async () => {
    const state = scratch.path("orphan");
    const engine = await serve(state);
    engine.process.stderr?.destroy();
    engine.process.stdout?.destroy();
    mkdirSync(scratch.path("model"));
    writeFileSync(join(scratch.path("model"), "config.json"), "{}");
    const form = new FormData();
    form.set("purpose", "fine-tune");
    form.set("file", new Blob(["no records"]), "train.jsonl");
    const { id: file } = (await (await ask(engine, "/files", { method: "POST", body: form })).json()) as { id: string };
    const { id } = (await (await ask(engine, "/fine_tuning/jobs", { method: "POST", body: JSON.stringify({ model: scratch.path("model"), training_file: file }) })).json()) as { id: string };
    // Now nothing of the job can be kept, which is told on standard error.
    rmSync(join(state, "jobs"), { recursive: true });
    for (;;) {
      const { status, error } = (await (await ask(engine, `/fine_tuning/jobs/${id}`)).json()) as { status: string; error: { message: string } | null };
      if (status !== "failed") continue;
      assert.match(error?.message ?? "", /^The job failed due to an invalid training file\./);
      return;
    }
  });
});
