import * as vscode from "vscode";
import { isFinished } from "../../jobs/job.ts";
import type { Ledger } from "../../jobs/launch.ts";
import type { Monitor } from "../../jobs/monitor.ts";
import { createJobTree } from "../../jobs/tree/job-tree.ts";
import type { Sent } from "../../jobs/tree/lists.ts";
import type { TreeNode, TreeService } from "../../jobs/tree/node.ts";
import type { UploadLedger } from "../../jobs/upload-once.ts";
import { findKind } from "../../providers/index.ts";
import type { Services } from "../services/services.ts";
import { toTreeItem } from "./tree-item.ts";

/** Milliseconds that a service may take for what is opened. */
const patience = 15_000;

/** The view of all jobs, and what changes it. */
export interface JobView {
  readonly disposable: vscode.Disposable;
  /** Shows more of a list. Rejects with a ProviderError. */
  showMore(node: unknown): Promise<void>;
  /** What was asked for when it was opened is asked for anew, at one service or all. */
  forget(service?: string): void;
}

export interface TreeDependencies {
  readonly services: Services;
  readonly monitor: Monitor;
  readonly ledger: () => Promise<Ledger>;
  readonly uploads: () => Promise<UploadLedger>;
}

/** Renders the monitor's snapshots, and asks for the rest when it is opened. */
export function showTree({ services, monitor, ledger, uploads }: TreeDependencies): JobView {
  const changed = new vscode.EventEmitter<TreeNode | undefined>();
  const rendered = new Map<string, string>();
  const listed = (): readonly TreeService[] => services.list().map(({ id, title, kind, baseURL }): TreeService => ({ id, title, keyed: baseURL !== undefined, endings: (baseURL === undefined ? undefined : findKind(kind ?? "")?.endings?.({ baseURL })) ?? {} }));
  const sent = async (): Promise<Sent> => ({ uploads: await (await uploads()).list(), launches: await (await ledger()).list() });
  const tree = createJobTree({
    services: listed, snapshot: monitor.snapshot, sent, now: Date.now,
    async ask(service, act) {
      const signal = AbortSignal.timeout(patience);
      return act((await services.open(service, signal)).provider, signal);
    },
  });
  // Without trust the view's own welcome says what to do.
  const children = async (node: TreeNode | undefined): Promise<TreeNode[]> => (vscode.workspace.isTrusted ? [...(await tree.children(node))] : []);
  const view = vscode.window.createTreeView<TreeNode>("tunesmith.jobs", {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: (node) => toTreeItem(node, { service: (id) => listed().find((each) => each.id === id), snapshot: monitor.snapshot, now: Date.now() }),
      getChildren: children,
    },
  });
  const look = (): void => monitor.setWatched(view.visible && vscode.workspace.isTrusted);
  /** Draws one service anew, or all. */
  const draw = async (service?: string): Promise<void> => changed.fire(service === undefined ? undefined : (await tree.children()).find(({ provider }) => provider === service));
  const stop = monitor.onDidChange((service) => {
    const { state, jobs, progress, capabilities, error } = monitor.snapshot(service);
    const now = JSON.stringify([state, jobs, [...progress], capabilities, error?.message]);
    if (rendered.get(service) === now) return;
    rendered.set(service, now);
    void draw(service);
    const running = monitor.jobs().filter((job) => !isFinished(job)).length;
    view.badge = running === 0 ? undefined : { value: running, tooltip: running === 1 ? "1 job is under way" : `${running} jobs are under way` };
  });
  look();
  return {
    async showMore(node) {
      const more = (typeof node === "object" && node !== null ? node : {}) as Partial<Extract<TreeNode, { kind: "more" }>>;
      if (more.kind !== "more" || typeof more.provider !== "string" || typeof more.list !== "string") return;
      await tree.showMore({ kind: "more", provider: more.provider, list: more.list, ...(more.hidden === undefined ? {} : { hidden: more.hidden }) });
      await draw(more.provider);
    },
    forget(service) {
      tree.forget(service);
      void draw(service);
    },
    disposable: vscode.Disposable.from(
      changed, view, new vscode.Disposable(stop), view.onDidChangeVisibility(look),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        look();
        void draw();
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration("tunesmith.endpoints")) return;
        void draw();
        if (view.visible) void monitor.refresh();
      }),
    ),
  };
}
