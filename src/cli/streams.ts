/** Where a command reads and writes: results go to `output`, progress and complaints to `notes`. */
export interface Streams {
  readonly output: (text: string) => void;
  readonly notes: (text: string) => void;
  /** All of standard input as a file, unpacked, which whoever runs the command removes. Rejects with an Error written for the user. */
  readonly input: () => Promise<{ readonly path: string; readonly packed: boolean }>;
  /** Asks the person at the terminal; false where there is none, because silence is no word. */
  readonly confirm: (question: string) => Promise<boolean>;
  /** For what waits on the network. An interruption ends the whole thread, so that nobody has to abort it. */
  readonly signal: AbortSignal;
  /** The program's own file, beside which the engine lies. */
  readonly program: URL;
  /** Whether `output` shows colours. */
  readonly colour: boolean;
  /** How wide a line of `output` may be. */
  readonly columns: number;
  /** The program of the threads that lint large files; without it, the command's own thread does. */
  readonly rangeWorker?: URL;
  /** The page of a rule as Markdown, where the program lies beside its pages. */
  readonly rulePage: (rule: string) => string | undefined;
}

/** The exit codes of every command. */
export const exitCode = { clean: 0, errorsFound: 1, unusable: 2 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
