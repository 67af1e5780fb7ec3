import { realpath } from "node:fs/promises";
import { isAbsolute, relative, sep } from "node:path";
import type { PreflightCheck } from "../jobs/launch-plan.ts";

/**
 * What is to be said of files that a launch file names and that lie outside its project, links followed: somebody who starts a stranger's launch file should
 * see what it would send, and where to. Files that are not there are left to others.
 */
export async function outsideProject(named: readonly { readonly member: string; readonly path: string }[], project: string, destination: string): Promise<readonly PreflightCheck[]> {
  const root = await realpath(project).catch(() => project);
  const places = await Promise.all(named.map(async ({ member, path }) => ({ member, path: await realpath(path).catch(() => undefined) })));
  return places.flatMap(({ member, path }): PreflightCheck[] => (path === undefined || isInside(root, path) ? [] : [
    { name: "launch file", outcome: "doubtful", message: `${member}: This leads out of ${root}, to ${path}. What stands there would be sent to ${destination}.` },
  ]));
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
