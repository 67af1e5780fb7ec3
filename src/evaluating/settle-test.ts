import { join, resolve } from "node:path";
import type { PlanFile } from "../evaluation/plan-file/schema.ts";
import type { FrozenShare } from "../workers/shape/frozen-share.ts";
import { toReportPath } from "./evaluation-folder.ts";

/** A plan whose test records are a file of their own. */
export type SettledPlan = Omit<PlanFile, "test"> & { readonly test: string };

/**
 * Puts a file in the place of the share of a dataset that a plan is tested with, and the rest of the dataset in that of the training file, where the plan names none; both lie in
 * `.tunesmith/splits` of the folder `root`. Rejects as `take` does.
 */
export async function settleTest(plan: PlanFile, { planFile, root }: { readonly planFile: string; readonly root: string }, take: (dataset: string, list: string, folder: string) => Promise<FrozenShare>): Promise<SettledPlan> {
  const { test, training, ...rest } = plan;
  if (typeof test === "string") return { ...rest, test, ...(training === undefined ? {} : { training }) };
  const folder = resolve(planFile, "..");
  const share = await take(resolve(folder, test.dataset), resolve(folder, test.frozen), join(root, ".tunesmith", "splits"));
  const named = (path: string): string => toReportPath(folder, path);
  return { ...rest, test: named(share.test), training: training ?? named(share.training) };
}
