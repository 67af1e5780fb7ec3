const sentences: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a directory; a file is expected",
  ENOTDIR: "a part of its path is a file, not a directory",
  EACCES: "you have no permission",
  EPERM: "you have no permission",
  ENOSPC: "the disk is full",
  EDQUOT: "your disk quota is used up",
  EMFILE: "too many files are open",
  EROFS: "the disk is read-only",
  ENAMETOOLONG: "its name is too long",
  EBUSY: "another program holds it",
  ELOOP: "its links lead in a circle",
};

/** Says why a file could not be read or written, in words that a user knows: `Cannot read data.jsonl: there is no such file.` */
export function describeFileError(act: "read" | "write", path: string, error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  const reason = (typeof code === "string" && sentences[code]) || (error instanceof Error ? error.message : String(error));
  return `Cannot ${act} ${path}: ${reason}.`;
}
