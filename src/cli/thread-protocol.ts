import type { UnfinishedFile } from "../workers/unfinished-files.ts";
import type { ExitCode } from "./streams.ts";

/** What the program is started with. */
export interface ThreadStart {
  readonly parameters: readonly string[];
  /** The address of the program's own file. */
  readonly program: string;
  readonly colour: boolean;
  readonly columns: number;
  /** How many characters are sent and not yet written, so that a slow reader slows the program down and does not fill the memory. */
  readonly unwritten: Int32Array<SharedArrayBuffer>;
}

/** What the program's thread tells the main one. */
export type FromThread =
  | { readonly type: "output" | "notes"; readonly text: string }
  | { readonly type: "unfinished"; readonly file: UnfinishedFile }
  | { readonly type: "wants-input" }
  | { readonly type: "asks"; readonly question: string }
  | { readonly type: "ended"; readonly code: ExitCode };

/** What the main thread answers. */
export type ToThread =
  | { readonly type: "input"; readonly path: string; readonly packed: boolean }
  | { readonly type: "no-input"; readonly message: string }
  | { readonly type: "word"; readonly given: boolean };
