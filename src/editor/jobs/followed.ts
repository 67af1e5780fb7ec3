import * as vscode from "vscode";
import type { Monitor } from "../../jobs/monitor.ts";
import { readJob } from "./choose-job.ts";

const followedKey = "jobs.followed";

/** Keeps which jobs are waited for over a reload of the window, and goes on waiting for them once the workspace is trusted. */
export function rememberFollowed(monitor: Monitor, state: vscode.Memento): vscode.Disposable {
  const resume = (): void => {
    for (const kept of state.get<readonly unknown[]>(followedKey) ?? []) {
      const job = readJob(kept);
      if (job) monitor.follow(job);
    }
  };
  const remember = (): void => {
    const now = monitor.followed();
    if (JSON.stringify(now) !== JSON.stringify(state.get(followedKey) ?? [])) void state.update(followedKey, now);
  };
  // Activation only wires; what is waited for is asked when that is done.
  const later = setImmediate(() => vscode.workspace.isTrusted && resume());
  return vscode.Disposable.from(
    new vscode.Disposable(() => clearImmediate(later)),
    new vscode.Disposable(monitor.onDidChange(remember)),
    vscode.workspace.onDidGrantWorkspaceTrust(resume),
  );
}
