const sentences: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a directory; a file is expected",
  ENOTDIR: "a part of its path is a file, not a directory",
  EACCES: "you have no permission",
  EPERM: "you have no permission",
  ENOSPC: "the disk is full",
  EDQUOT: "your disk quota is used up",
  EFBIG: "it grows larger than a file may be here",
  EIO: "the disk reports a fault",
  EMFILE: "too many files are open",
  EROFS: "the disk is read-only",
  ENAMETOOLONG: "its name is too long",
  EBUSY: "another program holds it",
  ELOOP: "its links lead in a circle",
};

/** A file that could not be read or written. The message is a whole sentence for the user; `cause` is what Node threw. */
export class FileError extends Error {
  override readonly name = "FileError";

  constructor(act: "read" | "write", path: string, cause: unknown) {
    super(describeFileError(act, path, cause), { cause });
  }
}

/** Says why a file could not be read or written, in words that a user knows: `Cannot read data.jsonl: there is no such file.` */
export function describeFileError(act: "read" | "write", path: string, error: unknown): string {
  if (error instanceof FileError) return error.message;
  const code = (error as { code?: unknown } | undefined)?.code;
  if (act === "write" && code === "ENOENT") return `Cannot write ${path}: its folder does not exist.`;
  const reason = (typeof code === "string" && sentences[code]) || (error instanceof Error ? error.message : String(error));
  return `Cannot ${act} ${path}: ${reason}.`;
}

/** What `run` gives; what it throws becomes a FileError about this file, unless it is one about another already. */
export function attempt<Result>(act: "read" | "write", path: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw error instanceof FileError ? error : new FileError(act, path, error);
  }
}
