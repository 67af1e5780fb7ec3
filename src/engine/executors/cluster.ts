import * as z from "zod";
import { isClusterAddress, isSafeForToken } from "./cluster-address.ts";

/**
 * A Ray cluster as the user's own settings describe it; never a workspace's, because whoever is asked through Ray's Jobs API executes what it is sent, and sends back
 * what it likes.
 */
export const cluster = z.object({
  /** As launch files call it. */
  name: z.string().min(1).max(64),
  /** Of the dashboard: `http://127.0.0.1:8265`. */
  address: z.string().refine(isClusterAddress, "expected is the address of a Ray dashboard, such as http://127.0.0.1:8265, without a user or password"),
  /** The interpreter as the nodes find it, in whose environment TRL is; without it Ray makes an environment of `packages`. */
  python: z.string().min(1).optional(),
  /** What the environment is made of, as pip takes it; the engine's own requirements where it is left out. */
  packages: z.array(z.string().min(1)).readonly().optional(),
  /** What nodes call the models that launch files name: a folder on them, or a Hugging Face id. */
  models: z.record(z.string(), z.string().min(1)).readonly().optional(),
}).readonly();
export type Cluster = z.infer<typeof cluster>;

/** What the engine is told of a cluster: the token is kept in memory and never on disk. */
export const toldCluster = z.object({ ...cluster.unwrap().shape, token: z.string().min(1).optional() }).refine(({ address, token }) => token === undefined || isSafeForToken(address), "a token goes over https, or to this machine, only").readonly();
export type ToldCluster = z.infer<typeof toldCluster>;
