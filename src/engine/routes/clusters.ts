import { Hono } from "hono";
import * as z from "zod";
import { toldCluster } from "../executors/cluster.ts";
import type { Clusters } from "../executors/clusters.ts";
import { readBody } from "./read-body.ts";

const told = z.object({ clusters: z.array(toldCluster).max(100) });

/** `/clusters`, which OpenAI's API has not: the user's programs tell what the user's settings say. Whoever has the engine's token may; a workspace has not. */
export function clusterRoutes(clusters: Clusters): Hono {
  return new Hono().put("/", async (context) => {
    clusters.tell((await readBody(context, told)).clusters);
    return context.body(null, 204);
  });
}
