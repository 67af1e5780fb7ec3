import { isFinished, type Job } from "./job.ts";
import type { Provider } from "./provider.ts";

/** What can be done with a job besides looking at it. */
export type JobAction = "cancel" | "pause" | "resume" | "delete" | "startAgain" | "compareRuns" | "migrate" | "evaluate" | "deploy" | "download" | "showEvents" | "openPage";

/** The optional members of a provider that concern jobs, by what they let one do. */
const members = {
  cancel: "cancelJob",
  pause: "pauseJob",
  resume: "resumeJob",
  delete: "deleteJob",
  events: "listEvents",
  checkpoints: "listCheckpoints",
  metrics: "listMetrics",
  download: "listArtifacts",
  files: "listFiles",
  openFile: "readFile",
  deleteFile: "deleteFile",
  deploy: "deployModel",
  deployments: "listDeployments",
  undeploy: "removeDeployment",
  pages: "listJobPage",
} as const satisfies Readonly<Record<string, keyof Provider>>;

/** What a provider can do beyond listing: the optional members that it has. */
export type Capability = keyof typeof members;

/** The capabilities of a provider: there are no flags to set, only members to have. */
export function capabilitiesOf(provider: Provider): readonly Capability[] {
  return (Object.keys(members) as Capability[]).filter((capability) => provider[members[capability]] !== undefined);
}

/** What a user may do with this job now, at a provider of these capabilities. */
export function allowedActions(job: Job, capabilities: readonly Capability[]): readonly JobAction[] {
  const can = (capability: Capability): boolean => capabilities.includes(capability);
  const actions: JobAction[] = [];
  if (can("cancel") && !isFinished(job) && job.status !== "cancelling") actions.push("cancel");
  if (can("pause") && job.status === "running") actions.push("pause");
  if (can("resume") && job.status === "paused") actions.push("resume");
  if (can("delete") && isFinished(job)) actions.push("delete");
  if (isFinished(job)) actions.push("startAgain", "compareRuns");
  if (job.tunedModel !== undefined) actions.push("evaluate");
  if (can("deploy") && job.tunedModel !== undefined) actions.push("deploy");
  if (can("download") && job.status === "succeeded") actions.push("download");
  if (can("events")) actions.push("showEvents");
  if (job.page !== undefined) actions.push("openPage");
  actions.push("migrate");
  return actions;
}
