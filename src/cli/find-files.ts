import { existsSync, lstatSync } from "node:fs";
import { glob } from "tinyglobby";

/**
 * The files that the arguments of a command mean, in their order. An argument that names something that exists is taken literally, be there
 * brackets in its name or not; another with glob characters stands for what matches it; the rest stay as given, to be reported as missing.
 */
export async function findFiles(written: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const argument of written) {
    const matches = existsSync(argument) || isBrokenLink(argument) || !/[*?[\]{}!()]/.test(argument) ? [] : await glob(argument.replaceAll("\\", "/"), { dot: false, expandDirectories: false });
    found.push(...(matches.length > 0 ? matches.sort() : [argument]));
  }
  return found;
}

function isBrokenLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
