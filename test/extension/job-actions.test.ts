import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { changeJob } from "../../src/editor/jobs/act-on-job.ts";
import { removeDeployment } from "../../src/editor/jobs/deployments.ts";
import { downloadArtifact } from "../../src/editor/jobs/download.ts";
import { deleteRemoteFile } from "../../src/editor/jobs/remote-files.ts";
import { toTreeItem } from "../../src/editor/jobs/tree-item.ts";
import type { Services } from "../../src/editor/services/services.ts";
import type { Job } from "../../src/jobs/job.ts";
import type { Monitor, ServiceSnapshot } from "../../src/jobs/monitor.ts";
import { capabilitiesOf } from "../../src/jobs/job-actions.ts";
import type { TreeNode } from "../../src/jobs/tree/node.ts";
import { openService, type Service } from "../../src/providers/index.ts";
import { startFakeFireworks, type FakeFireworks } from "../support/fake-fireworks.ts";
import { cut } from "../support/fake-server.ts";

const never = new AbortController().signal;
const record = JSON.stringify({ messages: [{ role: "user", content: "Is 1 even?" }, { role: "assistant", content: "no" }] });

/** What menus and panel have done, at a service with every action, over a fake that is built from the types of Fireworks' SDK. */
describe("What is done with jobs, files and deployments", () => {
  let fake: FakeFireworks;
  let service: Service;
  let folder: string;
  let job: Job;
  let parts: { readonly services: Services; readonly monitor: Monitor };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tunesmith-actions-"));
    fake = await startFakeFireworks();
    service = await openService({ id: "Fireworks", title: "Fireworks", kind: "fireworks", baseURL: fake.origin, apiKey: fake.key });
    const services = { list: () => [{ id: "Fireworks", title: "Fireworks" }], find: () => ({ id: "Fireworks", title: "Fireworks" }), open: async () => service } as unknown as Services;
    const snapshot = (): ServiceSnapshot => ({ state: "ready", jobs: [], progress: new Map(), capabilities: capabilitiesOf(service.provider) });
    parts = { services, monitor: { snapshot, jobs: () => [], refresh: async () => undefined } as unknown as Monitor };
    await writeFile(join(folder, "train.jsonl"), `${record}\n`.repeat(4));
    const file = await service.provider.uploadFile({ path: join(folder, "train.jsonl"), name: "train.jsonl" }, never);
    job = await service.provider.createJob({ model: "accounts/fireworks/models/qwen3-8b", trainingFile: file, hyperparameters: {}, metadata: {}, suffix: "bank" }, never);
  });
  after(async () => {
    await fake.close();
    await rm(folder, { recursive: true, force: true });
  });

  const reference = () => ({ provider: "Fireworks", job: job.id, confirmed: true });
  const now = () => service.provider.retrieveJob(job.id, never);

  it("is refused for a job that does not allow it now, with its state", async () => {
    await assert.rejects(changeJob("delete", reference(), parts), /The job .* cannot be deleted: it is /);
    await assert.rejects(changeJob("deploy", reference(), parts), /cannot be deployed/);
    assert.equal(fake.times(/^DELETE/), 0);
  });

  it("fetches what a job left behind, whole or not at all", async () => {
    fake.finish(job.id);
    const artifact = (await service.provider.listArtifacts?.(job.id, never))?.find(({ fileName }) => fileName.endsWith("adapter_model.safetensors"));
    assert.ok(artifact);
    const out = vscode.Uri.file(join(folder, "adapter.safetensors"));
    assert.equal((await downloadArtifact({ ...reference(), artifact, out }, parts))?.fsPath, out.fsPath);
    assert.ok((await readFile(out.fsPath)).length > 0);
    await rm(out.fsPath);
    fake.misbehave(/^GET \/signed/, cut, 10);
    await assert.rejects(downloadArtifact({ ...reference(), artifact, out }, parts));
    assert.deepEqual(await readdir(folder), ["train.jsonl"], "nothing is left behind");
  });

  it("has a model answer and ends that, and deletes file and job", async () => {
    assert.equal(await changeJob("deploy", reference(), parts), "Fireworks");
    assert.equal(fake.deployments.length, 1);
    const [deployment] = (await service.provider.listDeployments?.(never)) ?? [];
    assert.equal(deployment?.model, (await now()).tunedModel);
    await removeDeployment({ provider: "Fireworks", deployment, confirmed: true }, parts);
    assert.equal(fake.deployments.length, 0);
    const [file] = (await service.provider.listFiles?.(never)) ?? [];
    await deleteRemoteFile({ provider: "Fireworks", file, confirmed: true }, parts);
    assert.equal(fake.datasets.size, 0);
    assert.equal(await changeJob("delete", reference(), parts), "Fireworks");
    assert.deepEqual(await service.provider.listJobs(never), []);
  });

  it("is offered in a node's menu when it is allowed, and not otherwise", async () => {
    const manifest = JSON.parse(await readFile(join(vscode.extensions.getExtension("tunesmith.tunesmith")?.extensionUri.fsPath ?? "", "package.json"), "utf8")) as { contributes: { menus: Record<string, { command: string; when: string }[]> } };
    const offered = (node: TreeNode): string[] => {
      const context = toTreeItem(node, { service: () => undefined, snapshot: parts.monitor.snapshot, now: 0 }).contextValue ?? "";
      const items = manifest.contributes.menus["view/item/context"] ?? [];
      const fits = items.filter(({ when }) => when.startsWith("view == tunesmith.jobs ") && new RegExp(/viewItem =~ \/(.*)\//.exec(when)?.[1] ?? "^$").test(context));
      return [...new Set(fits.map(({ command }) => command.replace("tunesmith.", "")))].sort();
    };
    const capabilities = capabilitiesOf(service.provider);
    const jobNode = (status: Job["status"], more: Partial<Job> = {}): TreeNode => ({ kind: "job", provider: "Fireworks", job: job.id, capabilities, shown: { ...job, status, ...more } });
    const running = offered(jobNode("running"));
    for (const command of ["id.copy", "job.cancel", "job.showTraining"]) assert.ok(running.includes(command), command);
    for (const command of ["job.delete", "job.download", "job.pause", "model.deploy", "model.evaluate"]) assert.ok(!running.includes(command), command);
    const ended = offered(jobNode("succeeded", { tunedModel: "m", page: "https://example.com" }));
    for (const command of ["job.delete", "job.download", "job.openPage", "model.deploy", "model.evaluate"]) assert.ok(ended.includes(command), command);
    assert.ok(!ended.includes("job.cancel"));
    assert.deepEqual(offered({ kind: "list", provider: "Fireworks", job: job.id, list: "jobFiles" }), [], "files below a job are no job");
    assert.deepEqual(offered({ kind: "file", provider: "Fireworks", file: { id: "f", name: "f" }, capabilities: ["deleteFile"] }), ["file.delete", "id.copy"]);
  });
});
