/** Where a command writes: results to `output`, progress and complaints to `notes`. */
export interface Streams {
  readonly output: (text: string) => void;
  readonly notes: (text: string) => void;
  /** Whether `output` is a terminal that shows colours. */
  readonly colour: boolean;
}

/** The exit codes of every command. */
export const exitCode = { clean: 0, errorsFound: 1, unusable: 2 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
