import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { symlink, unlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import { readEndpoints, readPython } from "../../../src/editor/settings.ts";
import { stateFolder } from "../../../src/launch/state-folder.ts";

/** Listens, and keeps what is asked; every list is empty. */
async function listen(port: number): Promise<{ readonly asked: string[]; readonly server: Server }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    response.setHeader("content-type", "application/json").end('{"object":"list","data":[],"has_more":false}');
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { asked, server };
}

/** So many places of a file are pointed at. */
const mostPlaces = 12;

const variable = (name: string): string => process.env[name] ?? assert.fail(`${name} is not set`);

describe(`A stranger's workspaces, ${vscode.workspace.isTrusted ? "trusted" : "not trusted"}`, function () {
  this.timeout(120_000);
  const folders = new Map((vscode.workspace.workspaceFolders ?? []).map(({ name, uri }) => [name, uri]));
  const mark = variable("TUNESMITH_TEST_MARK");
  let thief: Awaited<ReturnType<typeof listen>>;
  let service: typeof thief;

  before(async () => {
    [thief, service] = await Promise.all([listen(Number(variable("TUNESMITH_TEST_THIEF"))), listen(Number(variable("TUNESMITH_TEST_SERVICE")))]);
    await vscode.extensions.getExtension("tunesmith.tunesmith")?.activate();
    await vscode.commands.executeCommand("tunesmith.jobs.focus");
    const wayOut = folders.get("way-out") ?? assert.fail("no way out");
    await writeFile(vscode.Uri.joinPath(wayOut, "..", "private.jsonl").fsPath, '{"messages": [{"role": "user", "content": "private"}, {"role": "assistant", "content": "words"}]}\n');
    await symlink(vscode.Uri.joinPath(wayOut, "..", "private.jsonl").fsPath, vscode.Uri.joinPath(wayOut, "linked.jsonl").fsPath, "file");
    await writeFile(vscode.Uri.joinPath(wayOut, "linked.finetune.jsonc").fsPath, '{ "service": "Ours", "model": "gpt-4o-mini", "data": { "training": "linked.jsonl" } }\n');
  });
  after(async () => {
    await unlink(vscode.Uri.joinPath(folders.get("way-out") ?? assert.fail(), "linked.jsonl").fsPath);
    for (const { server } of [thief, service]) server.close();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand("tunesmith.job.refresh");
    await delay(200);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    assert.deepEqual(thief.asked, [], "the stranger was called");
    assert.deepEqual(service.asked.filter((asked) => !asked.startsWith("GET ") || !vscode.workspace.isTrusted), [], "the user's service was asked for more than it has, or without trust");
    assert.ok(!existsSync(mark), "a stranger's program ran");
  });

  /** Uses a file as a person does who looks around: opens it, points at everything, asks what can be done. Gives what was said. */
  async function use(file: vscode.Uri): Promise<string> {
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    const said: string[] = [];
    const text = document.getText().slice(0, 20_000);
    for (const { index } of [...text.matchAll(/"[^"\n]{0,20}/g)].slice(0, mostPlaces)) {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", file, document.positionAt(index + 1));
      for (const content of hovers.flatMap(({ contents }) => contents)) {
        if (typeof content === "object" && "isTrusted" in content) assert.ok(!content.isTrusted && !content.supportHtml, content.value);
        said.push(typeof content === "string" ? content : content.value);
      }
    }
    await vscode.commands.executeCommand("vscode.executeCodeLensProvider", file);
    await vscode.commands.executeCommand("vscode.executeCompletionItemProvider", file, new vscode.Position(0, 1));
    await vscode.commands.executeCommand("vscode.executeCodeActionProvider", file, new vscode.Range(0, 0, document.lineCount, 0));
    if (/\.jsonl$/.test(file.path)) await vscode.commands.executeCommand("tunesmith.dataset.check", file);
    if (/\.finetune\.jsonc$/.test(file.path)) said.push(await estimate(file));
    return said.join("\n");
  }

  /** What is said of a launch file; without trust nothing is. */
  async function estimate(file: vscode.Uri): Promise<string> {
    await vscode.commands.executeCommand("tunesmith.launch.estimate", file);
    const plan = file.with({ scheme: "tunesmith-plan", path: file.path.replace(/\.finetune\.jsonc$/, ".md") });
    return vscode.workspace.isTrusted ? (await vscode.workspace.openTextDocument(plan)).getText() : "";
  }

  async function filesOf(name: string): Promise<readonly vscode.Uri[]> {
    const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folders.get(name) ?? assert.fail(`no ${name}`), "**/*.{jsonl,jsonc,json}"), null);
    return found.sort((a, b) => a.path.localeCompare(b.path));
  }

  it("are twelve, and none is opened by a link from outside", () => {
    assert.equal(folders.size, 12);
    const { activationEvents = [] } = vscode.extensions.getExtension("tunesmith.tunesmith")?.packageJSON as { activationEvents?: string[] };
    assert.ok(!activationEvents.includes("onUri"));
  });

  it("leave the user's endpoints and programs as the user has them", () => {
    assert.deepEqual(readEndpoints().map(({ name, baseURL }) => [name, baseURL]), [["OpenAI", "https://api.openai.com/v1"], ["Ours", `http://127.0.0.1:${variable("TUNESMITH_TEST_SERVICE")}/v1`]]);
    assert.equal(readPython(), undefined);
  });

  /** What is said of launches in a trusted workspace, as far as it matters. */
  const expected: Readonly<Record<string, RegExp>> = {
    "cluster-by-address": /no cluster "http|chooses by itself what a job runs on/,
    "data-by-address": /is an address/,
    "redirected-endpoint": /no service "Theirs"/,
    "service-by-address": /is an address/,
    "way-out": /This leads out of [^]*private\.jsonl[^]*This leads out of [^]*private\.jsonl/,
  };

  for (const name of folders.keys()) {
    it(`are harmless: ${name}`, async () => {
      const said: string[] = [];
      for (const file of await filesOf(name)) said.push(await use(file));
      const all = said.join("\n");
      if (vscode.workspace.isTrusted) assert.match(all, expected[name] ?? /(?:)/);
      // Pictures and links of a stranger that are Markdown and not text.
      assert.doesNotMatch(all, /(?<!\\)\]\((?:command|http:)/);
      assert.doesNotMatch(all, /(?<!\\)<img/);
      assert.equal(({} as { polluted?: unknown }).polluted, undefined);
    });
  }

  it("start no job, and no engine before they are trusted", async () => {
    if (!vscode.workspace.isTrusted) {
      for (const name of folders.keys()) {
        for (const launch of (await filesOf(name)).filter(({ path }) => path.endsWith(".finetune.jsonc"))) {
          assert.equal(await vscode.commands.executeCommand("tunesmith.job.start", { launch, confirmed: true }), undefined);
        }
      }
    }
    // To check a launch of theirs that is for this machine, the engine is asked; it has got no job from that.
    if (!vscode.workspace.isTrusted) assert.ok(!existsSync(join(stateFolder(), "engine")));
    assert.deepEqual(existsSync(join(stateFolder(), "engine", "jobs")) ? readdirSync(join(stateFolder(), "engine", "jobs")) : [], []);
  });
});
