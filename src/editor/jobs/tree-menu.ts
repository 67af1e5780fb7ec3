import type { JobAction } from "../../jobs/job-actions.ts";
import type { Commands } from "../commands.ts";

/** What can be done with a node by its own menu: for which nodes a command is offered, and where it stands. */
export interface TreeAction {
  readonly command: keyof Commands;
  /** Kinds of nodes. */
  readonly of: readonly string[];
  /** The word of the node's context without which it is not offered: an action that is allowed now. */
  readonly if?: JobAction | "keyed" | "openFile" | "deleteFile" | "undeploy" | "fixable" | "score";
  /** Set where nothing is done before the workspace is trusted; a view that shows nothing then need not say it. */
  readonly trusted?: true;
  /** The place among the icons of the row. */
  readonly inline?: number;
  /** The group and the place in it of the context menu. */
  readonly group?: string;
}

/** The command behind each action of a job, be it chosen in the tree, in the panel or in the palette. */
export const commandOf = {
  startAgain: "tunesmith.job.startAgain",
  compareRuns: "tunesmith.run.compare",
  migrate: "tunesmith.job.migrate",
  evaluate: "tunesmith.model.evaluate",
  showEvents: "tunesmith.job.showEvents",
  openPage: "tunesmith.job.openPage",
  download: "tunesmith.job.download",
  deploy: "tunesmith.model.deploy",
  pause: "tunesmith.job.pause",
  resume: "tunesmith.job.resume",
  cancel: "tunesmith.job.cancel",
  delete: "tunesmith.job.delete",
} as const satisfies Readonly<Record<JobAction, keyof Commands>>;

/** Every action of the tree of jobs. The manifest's menus follow from it; a test holds them to it. */
export const treeActions: readonly TreeAction[] = [
  { command: "tunesmith.job.showTraining", of: ["job"], inline: 1, group: "1_show@1" },
  { command: commandOf.evaluate, of: ["job", "model", "checkpoint"], if: "evaluate", inline: 2, group: "1_show@2" },
  { command: commandOf.showEvents, of: ["job", "events"], if: "showEvents", inline: 3, group: "1_show@3" },
  { command: commandOf.compareRuns, of: ["job"], if: "compareRuns", group: "1_show@5" },
  { command: "tunesmith.dataset.findUnlikely", of: ["job", "model", "checkpoint"], if: "score", trusted: true, group: "1_show@6" },
  { command: commandOf.openPage, of: ["job"], if: "openPage", group: "1_show@4" },
  { command: commandOf.download, of: ["job", "artifact"], if: "download", inline: 4, group: "2_take@1" },
  { command: commandOf.deploy, of: ["job", "model"], if: "deploy", group: "2_take@2" },
  { command: "tunesmith.id.copy", of: ["job", "model", "checkpoint", "file", "deployment"], group: "2_take@3" },
  { command: commandOf.migrate, of: ["job"], if: "migrate", group: "2_take@4" },
  { command: commandOf.startAgain, of: ["job"], if: "startAgain", group: "3_change@0" },
  { command: commandOf.pause, of: ["job"], if: "pause", group: "3_change@1" },
  { command: commandOf.resume, of: ["job"], if: "resume", inline: 5, group: "3_change@2" },
  { command: commandOf.cancel, of: ["job"], if: "cancel", inline: 6, group: "3_change@3" },
  { command: commandOf.delete, of: ["job"], if: "delete", group: "3_change@4" },
  { command: "tunesmith.file.open", of: ["file", "artifact"], if: "openFile", inline: 1, group: "1_show@1" },
  { command: "tunesmith.file.delete", of: ["file"], if: "deleteFile", inline: 2, group: "3_change@1" },
  { command: "tunesmith.deployment.remove", of: ["deployment"], if: "undeploy", inline: 1, group: "3_change@1" },
  { command: "tunesmith.job.start", of: ["service"], inline: 1, group: "1_start@1" },
  { command: "tunesmith.dataset.upload", of: ["service", "files"], inline: 2, group: "1_start@2" },
  { command: "tunesmith.job.refresh", of: ["service"], group: "1_start@3" },
  { command: "tunesmith.key.set", of: ["service"], if: "keyed", group: "2_key@1" },
  { command: "tunesmith.key.test", of: ["service"], if: "keyed", group: "2_key@2" },
  { command: "tunesmith.key.forget", of: ["service"], if: "keyed", group: "2_key@3" },
];

/** The context that a node has in menus: its kind, then what is allowed with it. */
export function contextOf(kind: string, allowed: readonly string[]): string {
  return [kind, ...allowed].join(" ");
}

export interface MenuItem {
  readonly command: string;
  readonly when: string;
  readonly group: string;
}

/** The items of the manifest's menu `view/item/context` that the actions of a view come to. */
export function menuOf(view: string, actions: readonly TreeAction[]): readonly MenuItem[] {
  return actions.flatMap(({ command, of, if: word, trusted, inline, group }) => {
    const kinds = of.length === 1 ? of[0] : `(${of.join("|")})`;
    const when = `view == ${view} && viewItem =~ /^${kinds}\\b${word === undefined ? "" : `.*\\b${word}\\b`}/${trusted ? " && isWorkspaceTrusted" : ""}`;
    return [...(inline === undefined ? [] : [{ command, when, group: `inline@${inline}` }]), ...(group === undefined ? [] : [{ command, when, group }])];
  });
}
