import { dirname, resolve } from "node:path";
import { isElsewhere, type FileFact } from "../dataset/file-fact.ts";
import type { Surroundings } from "../jobs/launch-file/problem.ts";
import type { LaunchFile } from "../jobs/launch-file/schema.ts";
import { factOf } from "../workers/file-fact.ts";
import type { LaunchDesk } from "./desk.ts";

/** The absolute path of what a launch file at `path` names. */
export function resolveFrom(path: string, written: string): string {
  return resolve(dirname(path), written);
}

/** What is around a launch file at `path` that can be known without asking a service. */
export async function lookAround({ data, evaluation }: Partial<Pick<LaunchFile, "data" | "evaluation">>, path: string, { services, clusters, clock }: Pick<LaunchDesk, "services" | "clusters" | "clock">): Promise<Surroundings> {
  // A file of a stranger must not make this machine call another.
  const named = [data?.training, data?.validation, evaluation?.test].filter((written) => written !== undefined && !isElsewhere(written)) as string[];
  const facts = new Map(await Promise.all(named.map(async (written): Promise<[string, FileFact]> => [written, await factOf(resolveFrom(path, written))])));
  return { services: await services.known(), clusters, file: (written) => facts.get(written), today: new Date(clock.now()).toISOString().slice(0, 10) };
}
