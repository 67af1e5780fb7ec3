import { FileError } from "../workers/file-error.ts";
import { asRegularFile } from "../workers/regular-file.ts";
import type { Streams } from "./streams.ts";

/** A dataset that a command was given, as a file that can be read again and again. Whoever has one removes its copy. */
export interface Input {
  /** How it is called in everything that is written. */
  readonly name: string;
  /** Where it is read. */
  readonly path: string;
  readonly isCopy: boolean;
  remove(): void;
}

/** The argument that means standard input. */
export const standardInput = "-";

/**
 * Makes an argument readable: a file, a pipe, or `-` for standard input, which is called `inputName`; what is packed with gzip is unpacked, and that is noted.
 * Rejects with a FileError.
 */
export async function readInput(argument: string, inputName: string, { input, notes }: Streams): Promise<Input> {
  const isInput = argument === standardInput;
  const name = isInput ? inputName : argument;
  const { path, packed, remove } = isInput ? { ...(await input()), remove: () => undefined } : await asRegularFile(argument);
  if (packed) notes(`${name} is packed; its content is read. A service that takes uploads may want it unpacked.\n`);
  return { name, path, isCopy: path !== argument, remove };
}

/** What `run` makes of a file; rejects as it throws, but a complaint about the file calls it as the user does, not by the name of its copy. */
export async function named<Result>({ name, path }: Input, run: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof FileError && path !== name && error.message.startsWith(`Cannot read ${path}: `)) throw new FileError("read", name, error.cause);
    throw error;
  }
}
