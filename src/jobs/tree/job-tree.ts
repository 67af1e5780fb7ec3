import { endingOfList, type Ending } from "../ending.ts";
import { isFinished, type Job } from "../job.ts";
import type { Capability } from "../job-actions.ts";
import type { ServiceSnapshot } from "../monitor.ts";
import type { Provider, ProviderModel } from "../provider.ts";
import { groupJobs } from "./group-jobs.ts";
import { createJobHistory } from "./job-history.ts";
import { readList, type Sent } from "./lists.ts";
import type { JobNode, ListKind, TreeNode, TreeService } from "./node.ts";
import { serviceMessage } from "./service-message.ts";

/** What the tree needs of the outside. */
export interface TreePorts {
  services(): readonly TreeService[];
  snapshot(service: string): ServiceSnapshot;
  /** Opens a service and asks it something, for so long as one waits for a line of a tree. Rejects as the service does. */
  ask<Answer>(service: string, act: (provider: Provider, signal: AbortSignal) => Promise<Answer>): Promise<Answer>;
  sent(): Promise<Sent>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** The jobs of all services as a tree of which only that is asked for which somebody opens. */
export interface JobTree {
  /** The services without a node. Never rejects: a failure is a node, too. */
  children(node?: TreeNode): Promise<readonly TreeNode[]>;
  /** Shows more of a list; asks the service where nothing more is known. Rejects as the service does. */
  showMore(node: Extract<TreeNode, { kind: "more" }>): Promise<void>;
  /** What was asked for when it was opened is asked for anew, at one service or all. */
  forget(service?: string): void;
}

/** So many lines of a list are shown at a time. */
export const page = 100;
/** What belongs to an unfinished job is asked for anew after so many milliseconds, if it is open still; lists of models after longer. */
const freshness = { unfinished: 15_000, models: 10 * 60_000 };

interface Kept<Value> {
  readonly value: Promise<Value>;
  readonly at: number;
}

export function createJobTree(ports: TreePorts): JobTree {
  const serviceNodes = new Map<string, TreeNode>();
  const limits = new Map<string, number>();
  const lists = new Map<string, Kept<readonly TreeNode[]>>();
  const models = new Map<string, Kept<readonly ProviderModel[]> & { listed: readonly ProviderModel[] }>();
  const history = createJobHistory();

  /** The same object for each service every time: by it the tree is told what has changed. */
  function serviceNode(id: string): TreeNode {
    const node = serviceNodes.get(id) ?? { kind: "service", provider: id };
    serviceNodes.set(id, node);
    return node;
  }

  function cut(nodes: readonly TreeNode[], provider: string, list: string, mayHaveMore = false): readonly TreeNode[] {
    const limit = limits.get(list) ?? page;
    if (nodes.length > limit) return [...nodes.slice(0, limit), { kind: "more", provider, list, hidden: nodes.length - limit }];
    return mayHaveMore ? [...nodes, { kind: "more", provider, list }] : nodes;
  }

  function known(service: string): readonly Job[] {
    const { jobs } = ports.snapshot(service);
    const listed = new Set(jobs.map(({ id }) => id));
    return [...jobs, ...history.older(service).filter(({ id }) => !listed.has(id))];
  }

  function ofService(service: TreeService): readonly TreeNode[] {
    const { id } = service;
    const snapshot = ports.snapshot(id);
    const message = serviceMessage(service, snapshot);
    const jobs = known(id);
    const groups = groupJobs(jobs);
    const more = snapshot.capabilities.includes("pages") && history.mayHaveMore(id, snapshot.jobs.length);
    const underWay = groups?.some(({ group }) => group === "under-way");
    return [
      ...(message ? [message] : []),
      ...(groups ? [
        ...groups.map(({ group, jobs: own }): TreeNode => ({ kind: "group", provider: id, group, count: own.length, open: group === "under-way" || (group === "succeeded" && !underWay) })),
        ...(more ? [{ kind: "more", provider: id, list: id } as const] : []),
      ] : cut(jobs.map((job) => jobNode(service, job, snapshot)), id, id, more)),
      ...(snapshot.state === "ready" && snapshot.capabilities.includes("files") ? [{ kind: "list", provider: id, list: "files" } as const] : []),
      ...(snapshot.state === "ready" && snapshot.capabilities.includes("deployments") ? [{ kind: "list", provider: id, list: "deployments" } as const] : []),
    ];
  }

  function jobNode(service: TreeService, job: Job, { capabilities, progress }: ServiceSnapshot): JobNode {
    const current = progress.get(job.id);
    const ending = job.tunedModel === undefined ? undefined : endingOf(service, job.tunedModel, job.baseModel);
    return { kind: "job", provider: service.id, job: job.id, shown: job, capabilities, ...(current ? { progress: current } : {}), ...(ending ? { ending } : {}) };
  }

  /** What the service's own list says counts for more than what it has announced. */
  function endingOf({ id, endings }: TreeService, tuned: string, base: string): Ending | undefined {
    const listed = models.get(id)?.listed.find((model) => model.id === tuned)?.shutdownDate;
    return listed === undefined ? endings.ofModel?.(base) : endingOfList(listed, ports.now());
  }

  async function ofJob(service: TreeService, node: JobNode): Promise<readonly TreeNode[]> {
    const { provider, job, shown, capabilities } = node;
    const has = (capability: Capability): boolean => capabilities.includes(capability);
    const list = (kind: ListKind): TreeNode => ({ kind: "list", provider, job, list: kind });
    const below = [...(has("checkpoints") ? [list("checkpoints")] : []), ...(has("events") ? [list("events")] : []), list("jobFiles")];
    if (shown.tunedModel === undefined) return below;
    await askModels(provider);
    const ending = endingOf(service, shown.tunedModel, shown.baseModel);
    return [{ kind: "model", provider, job, base: shown.baseModel, tuned: shown.tunedModel, capabilities, ...(ending ? { ending } : {}) }, ...below];
  }

  /** A list of models that does not come leaves out when they end. */
  async function askModels(service: string): Promise<void> {
    const before = models.get(service);
    if (before && ports.now() - before.at < freshness.models) return void (await before.value);
    const value = ports.ask(service, async (provider, signal) => (await provider.listModels?.(signal)) ?? []).catch(() => []);
    const kept = { value, at: ports.now(), listed: before?.listed ?? [] };
    models.set(service, kept);
    kept.listed = await value;
  }

  async function ofList({ provider, job: id, list }: Extract<TreeNode, { kind: "list" }>): Promise<readonly TreeNode[]> {
    const key = keyOf(provider, id, list);
    const job = id === undefined ? undefined : known(provider).find((each) => each.id === id);
    const before = lists.get(key);
    const stands = before && (id === undefined || (job && isFinished(job)) || ports.now() - before.at < freshness.unfinished);
    const asked = stands ? before : { at: ports.now(), value: ports.ask(provider, async (opened, signal) => readList(list, job, opened, await ports.sent(), signal)) };
    lists.set(key, asked);
    try {
      const nodes = await asked.value;
      if (nodes.length === 0) return [{ kind: "message", provider, id: `${key}/none`, text: list === "events" || list === "checkpoints" ? "None yet" : "None", icon: "nothing" }];
      return cut(nodes, provider, key);
    } catch (error) {
      if (lists.get(key) === asked) lists.delete(key);
      return [{ kind: "message", provider, id: `${key}/failure`, text: error instanceof Error ? error.message : String(error), icon: "warning", remedy: "ask-again" }];
    }
  }

  return {
    async children(node) {
      if (!node) return ports.services().map(({ id }) => serviceNode(id));
      const service = ports.services().find(({ id }) => id === node.provider);
      if (!service) return [];
      if (node.kind === "service") return ofService(service);
      if (node.kind === "group") {
        const snapshot = ports.snapshot(node.provider);
        const jobs = groupJobs(known(node.provider))?.find(({ group }) => group === node.group)?.jobs ?? [];
        return cut(jobs.map((job) => jobNode(service, job, snapshot)), node.provider, keyOf(node.provider, undefined, node.group));
      }
      if (node.kind === "job") return ofJob(service, node);
      return node.kind === "list" ? ofList(node) : [];
    },
    async showMore({ provider, list, hidden }) {
      if (hidden === undefined) await ports.ask(provider, (opened, signal) => history.ask(provider, opened, known(provider), signal));
      limits.set(list, (limits.get(list) ?? page) + page);
    },
    forget(service) {
      for (const key of [...lists.keys()]) if (service === undefined || key.startsWith(`${JSON.stringify(service)} `)) lists.delete(key);
      for (const id of service === undefined ? [...models.keys()] : [service]) {
        models.delete(id);
        history.forget(id);
      }
      if (service === undefined) for (const { id } of ports.services()) history.forget(id);
    },
  };
}

function keyOf(provider: string, job: string | undefined, list: string): string {
  return [provider, job ?? null, list].map((part) => JSON.stringify(part)).join(" ");
}
