import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createEnvironment, environmentFolder } from "../../../../src/engine/environment/environment.ts";
import { layoutOf } from "../../../../src/engine/environment/install.ts";

const never = new AbortController().signal;

describe("createEnvironment", () => {
  let root: string;
  let cache: string;
  let scripts: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "tunesmith-environment-"));
    cache = join(root, "cache");
    scripts = join(root, "scripts");
    mkdirSync(scripts);
    writeFileSync(join(scripts, "requirements.txt"), "torch==2.15.0\n");
    writeFileSync(join(scripts, "prepare_model.py"), "");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** Writes what a finished set-up leaves, without the libraries; gives where its Python is. */
  function finish(): string {
    const folder = environmentFolder(cache, scripts);
    const { python } = layoutOf(folder);
    mkdirSync(dirname(python), { recursive: true });
    writeFileSync(python, "");
    writeFileSync(join(folder, "ready.json"), JSON.stringify({ python, diskBytes: 123 }));
    return python;
  }

  it("is not ready at first, and says what is missing, what that would fetch and what it takes", async () => {
    const environment = createEnvironment({ cache, scripts, python: join(root, "none") });
    assert.equal(environment.ready(), undefined);
    const status = await environment.status();
    assert.equal(status.ready, false);
    assert.match(status.missing ?? "", /needs Python 3\.11 or newer\. .*none is no Python/);
    assert.match(status.downloads, /PyTorch.*SmolLM2/);
    assert.ok(status.diskBytes > 1e9);
    assert.equal(existsSync(cache), false, "asking leaves no trace");
  });

  it("is ready once a set-up has finished, and sets up nothing then", async () => {
    const python = finish();
    const environment = createEnvironment({ cache, scripts, python: join(root, "none") });
    assert.equal(environment.ready()?.python, python);
    assert.deepEqual(await environment.status(), { ready: true, python, downloads: "", diskBytes: 123 });
    const lines: string[] = [];
    await environment.setUp((line) => lines.push(line), never);
    assert.deepEqual(lines, ["Local training is set up."]);
  });

  it("is not ready without its last file, or without its Python", () => {
    const python = finish();
    const environment = createEnvironment({ cache, scripts });
    rmSync(python);
    assert.equal(environment.ready(), undefined);
    writeFileSync(python, "");
    assert.ok(environment.ready());
    rmSync(join(environmentFolder(cache, scripts), "ready.json"));
    assert.equal(environment.ready(), undefined);
  });

  it("is another environment when other libraries are required", () => {
    finish();
    writeFileSync(join(scripts, "requirements.txt"), "torch==2.16.0\n");
    assert.equal(createEnvironment({ cache, scripts }).ready(), undefined);
  });

  it("leaves nothing behind when a set-up fails, or is aborted", async () => {
    await assert.rejects(createEnvironment({ cache, scripts, python: join(root, "none") }).setUp(() => undefined, never), /none is no Python that can be started/);
    assert.deepEqual(readdirSync(cache), []);
    const reason = new Error("not now");
    const abort = new AbortController();
    abort.abort(reason);
    await assert.rejects(createEnvironment({ cache, scripts }).setUp(() => undefined, abort.signal), reason);
    assert.deepEqual(readdirSync(cache), []);
  });
});
