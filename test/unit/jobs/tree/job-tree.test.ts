import assert from "node:assert/strict";
import type { Job, JobStatus } from "../../../../src/jobs/job.ts";
import { capabilitiesOf } from "../../../../src/jobs/job-actions.ts";
import type { ServiceSnapshot } from "../../../../src/jobs/monitor.ts";
import { ProviderError, type Provider } from "../../../../src/jobs/provider.ts";
import { createJobTree, type JobTree } from "../../../../src/jobs/tree/job-tree.ts";
import type { Sent } from "../../../../src/jobs/tree/lists.ts";
import type { TreeNode, TreeService } from "../../../../src/jobs/tree/node.ts";
import { jobOf } from "../job-of.ts";

const service: TreeService = { id: "p", title: "P", keyed: true, endings: {} };

/** A tree over one service that counts what it is asked; `jobs` are what its list holds, `history` all that it has. */
function world({ jobs = [], history = jobs, members = {}, error, state = "ready", sent = { uploads: [], launches: [] }, treeService = service }: {
  jobs?: readonly Job[]; history?: readonly Job[]; members?: Partial<Provider>; error?: ProviderError; state?: ServiceSnapshot["state"]; sent?: Sent; treeService?: TreeService;
} = {}) {
  const asked: string[] = [];
  const counted = (name: string, answer: unknown) => async (...given: unknown[]) => {
    asked.push([name, ...given.slice(0, -1)].join(" ").trim());
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const provider = {
    id: "p", title: "P",
    listJobPage: async (after: string | undefined) => {
      asked.push(`page ${after ?? ""}`.trim());
      const from = after === undefined ? 0 : history.findIndex(({ id }) => id === after) + 1;
      const page = history.slice(from, from + 100);
      return { jobs: page, ...(from + 100 < history.length ? { next: page.at(-1)?.id ?? "" } : {}) };
    },
    listEvents: counted("events", [{ id: "e", createdAt: 1, level: "info", message: "Created" }]),
    listCheckpoints: counted("checkpoints", []),
    listFiles: counted("files", [{ id: "file-1", name: "train.jsonl", bytes: 10 }]),
    listModels: counted("models", [{ id: "ft:1", base: false, shutdownDate: "2027-03-01" }]),
    ...Object.fromEntries(Object.entries(members).map(([name, answer]) => [name, answer && counted(name, answer)])),
  } as unknown as Provider;
  let now = Date.parse("2026-11-29");
  const snapshot: ServiceSnapshot = { state, jobs, progress: new Map(), capabilities: capabilitiesOf(provider), ...(error ? { error } : {}) };
  const signal = new AbortController().signal;
  const tree = createJobTree({ services: () => [treeService], snapshot: () => snapshot, ask: (_service, act) => act(provider, signal), sent: async () => sent, now: () => now });
  return { tree, asked, pass: (milliseconds: number) => (now += milliseconds) };
}

async function below(tree: JobTree, ...path: readonly ((node: TreeNode) => boolean)[]): Promise<readonly TreeNode[]> {
  let nodes = await tree.children();
  for (const step of path) {
    const found = nodes.find(step);
    assert.ok(found, "there is no such node");
    nodes = await tree.children(found);
  }
  return nodes;
}

const is = (kind: TreeNode["kind"]) => (node: TreeNode) => node.kind === kind;
const list = (name: string) => (node: TreeNode) => node.kind === "list" && node.list === name;
const group = (name: string) => (node: TreeNode) => node.kind === "group" && node.group === name;
const kinds = (nodes: readonly TreeNode[]): readonly string[] => nodes.map((node) => (node.kind === "list" ? node.list : node.kind === "group" ? `${node.group} ${node.count}` : node.kind));
const many = (number: number, status: (index: number) => JobStatus): Job[] => Array.from({ length: number }, (_, index) => jobOf(`job-${index}`, { status: status(index), createdAt: 1_000_000 - index }));

describe("the tree of jobs", () => {
  it("shows few jobs one below the other, and the files of a service that lists them", async () => {
    const { tree, asked } = world({ jobs: many(3, () => "running") });
    assert.deepEqual(kinds(await below(tree, is("service"))), ["job", "job", "job", "files"]);
    assert.deepEqual(asked, []);
  });

  it("groups many by what has become of them: what is under way first and open, a state that is not known among it", async () => {
    const { tree } = world({ jobs: many(40, (index) => (index === 0 ? "running" : index === 1 ? "unknown" : index % 2 ? "failed" : "succeeded")) });
    const nodes = await below(tree, is("service"));
    assert.deepEqual(kinds(nodes), ["under-way 2", "succeeded 19", "failed 19", "files"]);
    assert.deepEqual(nodes.flatMap((node) => (node.kind === "group" ? [node.open] : [])), [true, false, false]);
  });

  it("shows five thousand jobs by the hundred, and asks nobody for it", async () => {
    const { tree, asked } = world({ jobs: many(5000, (index) => (index < 3 ? "running" : "succeeded")), members: { listJobPage: undefined as never } });
    const begun = performance.now();
    const first = await below(tree, is("service"), group("succeeded"));
    assert.ok(performance.now() - begun < 250, "the tree is slow");
    assert.deepEqual([first.length, first.at(-1)], [101, { kind: "more", provider: "p", list: '"p" null "succeeded"', hidden: 4897 }]);
    await tree.showMore(first.at(-1) as Extract<TreeNode, { kind: "more" }>);
    assert.equal((await below(tree, is("service"), group("succeeded"))).length, 201);
    assert.deepEqual(asked, []);
  });

  it("asks for jobs that are older than the list, a page for each time that somebody wants more, until there are none", async () => {
    const history = many(350, () => "succeeded");
    const { tree, asked } = world({ jobs: history.slice(0, 200), history });
    const more = async () => (await below(tree, is("service"))).find((node) => node.kind === "more") as Extract<TreeNode, { kind: "more" }> | undefined;
    const show = async () => tree.showMore((await more()) as Extract<TreeNode, { kind: "more" }>);
    await show();
    assert.deepEqual(asked, [], "the second hundred is known");
    await show();
    assert.deepEqual(asked, ["page", "page job-99", "page job-199"], "the pages that are known are gone through once");
    await show();
    assert.deepEqual(asked.slice(3), ["page job-299"]);
    assert.equal(await more(), undefined);
    assert.equal((await below(tree, is("service"))).filter(is("job")).length, 350);
  });

  it("asks for what lies below a job when it is opened and not before: once for one that is finished, now and then for one that is not", async () => {
    const { tree, asked, pass } = world({ jobs: [jobOf("1"), jobOf("2", { status: "failed" })] });
    const open = (job: string, name: string) => below(tree, is("service"), (node) => node.kind === "job" && node.job === job, list(name));
    assert.deepEqual(kinds(await below(tree, is("service"), is("job"))), ["checkpoints", "events", "jobFiles"]);
    assert.deepEqual(asked, []);
    for (let round = 0; round < 3; round++) await open("2", "events");
    assert.deepEqual(asked, ["events 2"]);
    for (let round = 0; round < 3; round++) await open("1", "events");
    assert.deepEqual(asked.slice(1), ["events 1"]);
    pass(20_000);
    await open("1", "events");
    await open("2", "events");
    assert.deepEqual(asked.slice(2), ["events 1"]);
    tree.forget("p");
    await open("2", "events");
    assert.deepEqual(asked.slice(3), ["events 2"]);
  });

  it("says when a tuned model ends: by the service's list once it was asked for, before that by what it has announced", async () => {
    const ending = { on: "2027-01-14", words: "It ends.", source: "a page", dated: "2026-11-22" };
    const { tree, asked } = world({ jobs: [jobOf("1", { status: "succeeded", tunedModel: "ft:1", baseModel: "b" })], treeService: { ...service, endings: { ofModel: (model) => (model === "b" ? ending : undefined) } } });
    const endOf = (nodes: readonly TreeNode[], kind: "job" | "model") => nodes.flatMap((node) => (node.kind === kind ? [(node as { ending?: { on: string } }).ending?.on] : []));
    assert.deepEqual(endOf(await below(tree, is("service")), "job"), ["2027-01-14"]);
    assert.deepEqual(asked, []);
    assert.deepEqual(endOf(await below(tree, is("service"), is("job")), "model"), ["2027-03-01"]);
    assert.deepEqual(endOf(await below(tree, is("service")), "job"), ["2027-03-01"]);
    assert.deepEqual(asked, ["models"]);
  });

  it("marks what this machine has sent, at the service and below the job that learned from it", async () => {
    const upload = { provider: "p", sha256: "0".repeat(64), path: "/home/me/train.jsonl", changedAt: 1, file: "file-1" };
    const { tree } = world({ jobs: [jobOf("1", { trainingFile: "file-1", validationFile: "file-2" })], sent: { uploads: [upload, { ...upload, provider: "q", file: "file-2" }], launches: [] } });
    const files = (nodes: readonly TreeNode[]) => nodes.flatMap((node) => (node.kind === "file" ? [[node.file.id, node.role, node.sentFrom]] : []));
    assert.deepEqual(files(await below(tree, is("service"), list("files"))), [["file-1", undefined, "/home/me/train.jsonl"]]);
    assert.deepEqual(files(await below(tree, is("service"), is("job"), list("jobFiles"))), [["file-1", "training", "/home/me/train.jsonl"], ["file-2", "validation", undefined]]);
  });

  it("shows why a list does not come, with what asks again, and keeps nothing of the failure", async () => {
    const { tree, asked } = world({ jobs: [jobOf("1", { status: "failed" })], members: { listEvents: new ProviderError("unreachable", "No answer.") as never } });
    const open = () => below(tree, is("service"), is("job"), list("events"));
    assert.deepEqual((await open()).map((node) => node.kind === "message" && [node.text, node.remedy]), [["No answer.", "ask-again"]]);
    await open();
    assert.equal(asked.length, 2);
  });

  it("says of a service without jobs why there are none, and what can be done about it", async () => {
    const message = async (given: Parameters<typeof world>[0]) => (await below(world(given).tree, is("service"))).map((node) => (node.kind === "message" ? `${node.text} ${node.remedy ?? "-"}` : node.kind === "list" ? node.list : node.kind));
    assert.deepEqual(await message({ state: "failed", error: new ProviderError("unauthorised", "No key.") }), ["Set an API key to see its jobs… set-key"]);
    assert.deepEqual(await message({ state: "failed", error: new ProviderError("unreachable", "Cannot reach P.") }), ["Cannot reach P. ask-again"]);
    assert.deepEqual(await message({ state: "failed", error: new ProviderError("unreachable", "Cannot reach P."), jobs: [jobOf("1")] }), ["Cannot reach P. ask-again", "job"], "what was seen before stays");
    assert.deepEqual(await message({ state: "unasked" }), ["Asking for jobs… -"]);
    assert.deepEqual(await message({}), ["No jobs yet. Start one. start-job", "files"]);
    assert.deepEqual(await message({ treeService: { ...service, keyed: false } }), ["No jobs yet. Start one: it trains on this machine. start-job", "files"]);
  });
});
