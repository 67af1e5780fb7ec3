import type { ServiceSnapshot } from "../monitor.ts";
import type { TreeNode, TreeService } from "./node.ts";

type Message = Extract<TreeNode, { kind: "message" }>;

/** What a service shows instead of its jobs, or above those that were seen before: it is signed out, does not answer, is being asked, or has none. Undefined where its jobs say all. */
export function serviceMessage({ id: provider, keyed }: TreeService, { state, jobs, error }: ServiceSnapshot): Message | undefined {
  const message = { kind: "message", provider, id: `${provider}/message` } as const;
  if (error?.kind === "unauthorised") return { ...message, text: "Set an API key to see its jobs…", icon: "key", remedy: "set-key" };
  if (error) return { ...message, text: error.message, icon: "warning", remedy: "ask-again" };
  if (state === "unasked") return { ...message, text: "Asking for jobs…", icon: "waiting" };
  if (jobs.length > 0) return undefined;
  return { ...message, text: keyed ? "No jobs yet. Start one." : "No jobs yet. Start one: it trains on this machine.", icon: "rocket", remedy: "start-job" };
}
