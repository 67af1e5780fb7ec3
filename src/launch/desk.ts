import type { Clock } from "../jobs/clock.ts";
import type { Ledger } from "../jobs/launch.ts";
import type { KnownService } from "../jobs/launch-file/problem.ts";
import type { UploadLedger } from "../jobs/upload-once.ts";
import type { Service } from "../providers/service.ts";
import type { DatasetClient } from "../workers/dataset-client.ts";

/** The services that a user has. */
export interface LaunchServices {
  /** Those that launch files can name; asks nobody. */
  known(): Promise<readonly KnownService[]>;
  /** Rejects with a ProviderError, whose kind is `unauthorised` without a key, or with an Error for the user. */
  open(id: string, signal: AbortSignal): Promise<Service>;
}

/** What looks at datasets on disk: workers in the editor, the program's own thread on the command line. */
export type DatasetFiles = Pick<DatasetClient, "checkFile" | "countTokens" | "findLines" | "hashFile" | "shapeFiles">;

/** All that preparing and starting a launch needs; the editor and the command line each have one, over the same state on disk. */
export interface LaunchDesk {
  readonly services: LaunchServices;
  /** The names of the user's Ray clusters. */
  readonly clusters: readonly string[];
  readonly files: DatasetFiles;
  /** The folder of the project that a file belongs to. */
  projectOf(path: string): string;
  /** The folder of a model of the local engine, where it lies on this machine with a tokenizer of its own. */
  modelFolder(model: string): string | undefined;
  readonly ledger: Ledger;
  readonly uploads: UploadLedger;
  readonly clock: Pick<Clock, "now">;
  /** The versions of Tunesmith, and of what trains at a service where that is known. Runs are recorded where it is there. */
  versionsOf?(service: string): Readonly<Record<string, string>>;
  /** Is told what is being done, as words for the user, and how much of it is done, from 0 to 1. */
  report(doing: string, share?: number): void;
}
