import type { TuningMethod } from "../../jobs/method.ts";
import { toSegment } from "../http/path-segment.ts";

/** The three kinds of jobs: each has paths, a parameter and a member of its own. Source: Fireworks' SDK. */
export const collections = [
  { method: "sft", path: "supervisedFineTuningJobs", idParameter: "supervisedFineTuningJobId" },
  { method: "dpo", path: "dpoJobs", idParameter: "dpoJobId" },
  { method: "rft", path: "reinforcementFineTuningJobs", idParameter: "reinforcementFineTuningJobId" },
] as const satisfies readonly { readonly method: TuningMethod; readonly path: string; readonly idParameter: string }[];

export type Collection = (typeof collections)[number];

/** The collection that a job's id begins with: ids are the part of a name behind the account, such as `dpoJobs/abc`. One that names none is looked for among the supervised. */
export function collectionOf(id: string): Collection {
  return collections.find(({ path }) => id.startsWith(`${path}/`)) ?? collections[0];
}

/** The path of a job below its account, with an id that cannot reach another path. */
export function pathOf(id: string): string {
  const { path } = collectionOf(id);
  return `${path}/${toSegment(id.startsWith(`${path}/`) ? id.slice(path.length + 1) : id)}`;
}
