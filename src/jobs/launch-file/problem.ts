import type { Endings } from "../ending.ts";
import type { TuningMethod } from "../method.ts";
import type { ProviderModel } from "../provider.ts";
import type { Tuning } from "../tuning.ts";
import type { LaunchPath } from "./parse.ts";

/** Why a launch would be refused (error), or is most likely not what was meant (warning), and where in the file. */
export interface LaunchProblem {
  readonly path: LaunchPath;
  /** Whether the key is wrong and not its value. */
  readonly key?: true;
  readonly severity: "error" | "warning";
  /** What was found, what was expected. */
  readonly message: string;
  /** What may stand there instead, the likeliest first. */
  readonly instead?: readonly string[];
}

/** A service that launch files can name, as far as it is known without asking anybody who does not answer. */
export interface KnownService {
  readonly id: string;
  readonly title: string;
  /** Whether it is the engine on this machine. */
  readonly local?: true;
  readonly tuning: Tuning;
  /** What a dataset has to be for each method, by the names of targets. */
  readonly targets: Partial<Readonly<Record<TuningMethod, string>>>;
  /** What it has announced to end. */
  readonly endings?: Endings;
  /** What it listed when it was asked; undefined while it was not, or did not answer. */
  readonly models?: readonly ProviderModel[];
}

/** A file that a launch names, as it is on disk. */
export type FileFact = { readonly kind: "missing" | "folder"; readonly path: string } | { readonly kind: "file"; readonly path: string; /** Where it was hashed. */ readonly sha256?: string };

/** What lies around a launch file, for `checkLaunchFile`. */
export interface Surroundings {
  readonly services: readonly KnownService[];
  /** The names of the Ray clusters in the user's settings. */
  readonly clusters: readonly string[];
  /** What a path of the launch file names; undefined where nobody has looked. */
  file(written: string): FileFact | undefined;
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** An error. */
export function wrong(path: LaunchPath, message: string, instead?: readonly string[]): LaunchProblem {
  return { path, severity: "error", message, ...(instead && instead.length > 0 ? { instead } : {}) };
}

/** A warning. */
export function doubtful(path: LaunchPath, message: string): LaunchProblem {
  return { path, severity: "warning", message };
}

/** `"a", "b" and "c"`. */
export function listed(names: readonly string[]): string {
  const quoted = names.map((name) => JSON.stringify(name));
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
}
