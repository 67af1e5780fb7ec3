import { isClusterAddress, isSafeForToken } from "../engine/executors/cluster-address.ts";
import type { Cluster, ToldCluster } from "../engine/executors/cluster.ts";

/** A Ray cluster as the user's settings have it. */
export interface NamedCluster extends Cluster {
  /** The environment variable that holds the token, where the cluster wants one. */
  readonly tokenVariable?: string;
}

/**
 * Reads clusters by name: each the address of a dashboard, or an object with `address`, and `python`, `packages`, `models`, `tokenVariable` where they are
 * wanted. What cannot be used is left out, and told to `refuse` in a sentence. Both the editor's setting and the command line's file are the user's own.
 */
export function readClusters(value: unknown, refuse: (name: string, sentence: string) => void = () => undefined): readonly NamedCluster[] {
  if (!isValues(value)) return [];
  return Object.entries(value).flatMap(([name, said]): NamedCluster[] => {
    const { address, python, packages, models, tokenVariable } = isValues(said) ? said : { address: said };
    const fault = faultOf({ name, address, python, packages, models, tokenVariable });
    if (fault !== undefined) {
      refuse(name, fault);
      return [];
    }
    const given = Object.entries({ python, packages, models, tokenVariable }).filter(([, each]) => each !== undefined && each !== "");
    return [{ name, address: String(address).trim(), ...(Object.fromEntries(given) as Omit<NamedCluster, "name" | "address">) }];
  });
}

/** The clusters as the engine is told them, with their tokens out of the environment. */
export function tellable(clusters: readonly NamedCluster[], environment: NodeJS.ProcessEnv = process.env): readonly ToldCluster[] {
  return clusters.map(({ tokenVariable, ...cluster }) => {
    const token = tokenVariable === undefined ? undefined : environment[tokenVariable]?.trim();
    return token ? { ...cluster, token } : cluster;
  });
}

function faultOf({ name, address, python, packages, models, tokenVariable }: Readonly<Record<string, unknown>>): string | undefined {
  if (String(name).length > 64) return "its name is longer than 64 characters.";
  if (typeof address !== "string" || !isClusterAddress(address.trim())) return 'its "address" is no address of a Ray dashboard; expected is something like "http://127.0.0.1:8265", without a user or password.';
  if (python !== undefined && typeof python !== "string") return 'its "python" is no path; expected is the interpreter as the nodes find it.';
  if (packages !== undefined && !(Array.isArray(packages) && packages.every((each) => typeof each === "string" && each !== ""))) return 'its "packages" are no list; expected is something like ["trl==1.16.0", "peft==0.21.2"].';
  if (models !== undefined && !(isValues(models) && Object.values(models).every((each) => typeof each === "string" && each !== ""))) return 'its "models" are no names; expected is something like { "smollm2-135m-instruct": "/models/smollm2" }.';
  // What is written there may be the token itself, and so it is not repeated.
  if (tokenVariable !== undefined && !(typeof tokenVariable === "string" && /^[A-Za-z_]\w*$/.test(tokenVariable))) return 'its "tokenVariable" is no name of an environment variable. Put the token in a variable and name that here, such as "RAY_AUTH_TOKEN"; no file should hold the token.';
  if (tokenVariable !== undefined && !isSafeForToken(address.trim())) return 'a token goes over https, or to this machine, only; its "address" is neither. A tunnel, such as "ssh -L 8265:localhost:8265", makes it this machine.';
  return undefined;
}

function isValues(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
