import type { FileFact } from "../../dataset/file-fact.ts";
import type { Endings } from "../ending.ts";
import type { TuningMethod } from "../method.ts";
import type { ProviderModel } from "../provider.ts";
import type { Tuning } from "../tuning.ts";

/** A service that launch files can name, as far as it is known without asking anybody who does not answer. */
export interface KnownService {
  readonly id: string;
  readonly title: string;
  /** Whether it is the engine on this machine. */
  readonly local?: true;
  readonly tuning: Tuning;
  /** What a dataset has to be for each method, by the names of targets. */
  readonly targets: Partial<Readonly<Record<TuningMethod, string>>>;
  /** Whether it tells how likely a model finds a given text. */
  readonly likelihoods?: boolean;
  /** What it has announced to end. */
  readonly endings?: Endings;
  /** What it listed when it was asked; undefined while it was not, or did not answer. */
  readonly models?: readonly ProviderModel[];
}

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
