import { lstatSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { glob } from "tinyglobby";

/** A file that an argument means, or a pattern that no file matches. */
export type Found = { readonly path: string } | { readonly unmatched: string };

/**
 * The files that the arguments of a command mean, in their order. An argument that names something that exists is taken literally, be there
 * brackets in its name or not; another with the signs of a pattern stands for what matches it, in alphabetical order; the rest are paths too.
 */
export async function findFiles(written: readonly string[]): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const argument of written) {
    if (exists(argument) || !/[*?[\]{}!()]/.test(argument)) found.push({ path: argument });
    else found.push(...(await findMatches(argument)));
  }
  return found;
}

/** The files under a folder that one of its configuration's patterns matches, in alphabetical order, as paths from where the command is run. */
export async function findListed(folder: string, patterns: readonly string[], ignored: readonly string[]): Promise<readonly string[]> {
  const matches = await glob([...patterns], { cwd: folder, ignore: [...ignored], expandDirectories: false });
  return matches.sort().map((path) => relative(process.cwd(), join(folder, path)));
}

async function findMatches(argument: string): Promise<readonly Found[]> {
  // On Windows a backslash separates folders; elsewhere it takes a sign literally.
  const pattern = sep === "\\" ? argument.replaceAll("\\", "/") : argument;
  const matches = await glob(pattern, { absolute: isAbsolute(pattern), expandDirectories: false });
  // Like a shell, which keeps what stands before the pattern.
  const prefix = pattern.startsWith("./") ? "./" : "";
  return matches.length > 0 ? matches.sort().map((path) => ({ path: prefix + path })) : [{ unmatched: argument }];
}

/** Whether a name is taken, be it by a link to nowhere. */
function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
