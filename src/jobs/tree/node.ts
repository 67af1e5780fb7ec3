import type { Artifact } from "../artifact.ts";
import type { Deployment } from "../deployment.ts";
import type { Ending, Endings } from "../ending.ts";
import type { Checkpoint, Job, JobEvent } from "../job.ts";
import type { Capability } from "../job-actions.ts";
import type { JobProgress } from "../progress.ts";
import type { RemoteFile } from "../remote-file.ts";
import type { JobGroup } from "./group-jobs.ts";

/** A service as the tree shows it before anything is asked of it. */
export interface TreeService {
  readonly id: string;
  readonly title: string;
  /** Whether it takes a key; the local engine takes none. */
  readonly keyed: boolean;
  readonly endings: Endings;
}

/** What a line that is no thing of a service can have done. */
export type Remedy = "set-key" | "ask-again" | "start-job";

/** What lies below a job or a service and is asked for when it is opened. */
export type ListKind = "checkpoints" | "events" | "jobFiles" | "files" | "deployments";

/** What the tree of jobs shows. Commands get such a node as their argument, and read from it what it is of. */
export type TreeNode =
  | { readonly kind: "service"; readonly provider: string }
  | { readonly kind: "message"; readonly provider: string; readonly id: string; readonly text: string; readonly icon: "waiting" | "warning" | "key" | "rocket" | "nothing"; readonly remedy?: Remedy }
  | { readonly kind: "group"; readonly provider: string; readonly group: JobGroup; readonly count: number; readonly open: boolean }
  /** More of a list: so many that are known, or those that the service has to be asked for. */
  | { readonly kind: "more"; readonly provider: string; readonly list: string; readonly hidden?: number }
  | JobNode
  | ModelNode
  | { readonly kind: "list"; readonly provider: string; readonly job?: string; readonly list: ListKind }
  | { readonly kind: "checkpoint"; readonly provider: string; readonly job: string; readonly base: string; readonly tuned: string; readonly checkpoint: Checkpoint }
  | { readonly kind: "event"; readonly provider: string; readonly job: string; readonly event: JobEvent }
  | { readonly kind: "artifact"; readonly provider: string; readonly job: string; readonly artifact: Artifact }
  | FileNode
  | { readonly kind: "deployment"; readonly provider: string; readonly deployment: Deployment; readonly capabilities: readonly Capability[] };

export interface JobNode {
  readonly kind: "job";
  readonly provider: string;
  readonly job: string;
  readonly shown: Job;
  readonly capabilities: readonly Capability[];
  readonly progress?: JobProgress;
  /** Of its tuned model. */
  readonly ending?: Ending;
}

export interface ModelNode {
  readonly kind: "model";
  readonly provider: string;
  readonly job: string;
  readonly base: string;
  readonly tuned: string;
  readonly capabilities: readonly Capability[];
  readonly ending?: Ending;
}

export interface FileNode {
  readonly kind: "file";
  readonly provider: string;
  /** The job below which it is shown; undefined among the files of the service. */
  readonly job?: string;
  readonly file: RemoteFile;
  /** What it is of its job. */
  readonly role?: "training" | "validation";
  /** The path that it was sent from, where this machine sent it. */
  readonly sentFrom?: string;
  readonly capabilities: readonly Capability[];
}
