import { ApiError } from "../api-error.ts";
import type { Cluster, ToldCluster } from "./cluster.ts";

/** The clusters that the engine was told of since it started. */
export interface Clusters {
  /** Takes what the user's settings say; another description of the same name replaces the first. */
  tell(clusters: readonly ToldCluster[]): void;
  /** Throws an ApiError that lists the known names when there is none of this name. */
  find(name: string): Cluster;
  /** The token for a cluster, as long as it is where it was when the token was told; undefined where there is none. */
  tokenOf(cluster: Pick<Cluster, "name" | "address">): string | undefined;
}

export function createClusters(): Clusters {
  const known = new Map<string, ToldCluster>();
  return {
    tell(clusters) {
      for (const cluster of clusters) known.set(cluster.name, cluster);
    },
    find(name) {
      const found = known.get(name);
      if (!found) {
        const names = [...known.keys()].map((each) => JSON.stringify(each));
        throw new ApiError(400, `There is no cluster ${JSON.stringify(name)} in your settings; ${names.length === 0 ? "they name none." : `there are ${names.join(", ")}.`}`, "unknown_cluster", "cluster");
      }
      const { token: _token, ...cluster } = found;
      return cluster;
    },
    tokenOf({ name, address }) {
      const found = known.get(name);
      return found?.address === address ? found.token : undefined;
    },
  };
}
