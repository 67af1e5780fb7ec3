import { resolve } from "node:path";
import { isElsewhere, type FileFact } from "../dataset/file-fact.ts";
import { filesOf } from "../evaluation/plan-file/files.ts";
import type { PlanFile } from "../evaluation/plan-file/schema.ts";
import type { PlanService, PlanSurroundings } from "../evaluation/plan-file/surroundings.ts";
import { factOf } from "../workers/file-fact.ts";

/** What is around a plan at `path` that can be known without asking a service. */
export async function lookAroundPlan(plan: Pick<PlanFile, "test" | "training" | "guardRail">, path: string, services: readonly PlanService[]): Promise<PlanSurroundings> {
  // A file of a stranger must not make this machine call another.
  const named = filesOf(plan).flatMap(({ written }) => (isElsewhere(written) ? [] : [written]));
  const facts = new Map(await Promise.all(named.map(async (written): Promise<[string, FileFact]> => [written, await factOf(resolve(path, "..", written))])));
  return { services, file: (written) => facts.get(written) };
}
