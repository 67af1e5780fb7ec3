/** A file that a launch file or a plan names, as it is on disk. */
export type FileFact = { readonly kind: "missing" | "folder"; readonly path: string } | { readonly kind: "file"; readonly path: string; /** Where it was hashed. */ readonly sha256?: string };

/** Whether a path leads off this machine: an address, or a share of a network, which on Windows would be sent the user's name to look whether it is there. */
export function isElsewhere(written: string): boolean {
  return /^[a-z][\w+.-]+:\/\//i.test(written) || /^[\\/]{2}/.test(written);
}
