import { accessSync, constants, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import picomatch from "picomatch";
import { attempt } from "../file-error.ts";
import { parseConfiguration } from "./parse.ts";
import type { Configuration } from "./schema.ts";

export const configurationName = "tunesmith.jsonc";

/** A configuration with the place that its patterns are relative to. */
export interface FoundConfiguration {
  readonly path: string;
  readonly folder: string;
  readonly settings: Configuration;
  /** Whether a file is one of those that are never checked. */
  ignores(file: string): boolean;
}

/** A configuration that cannot be used. The message has a line for each fault: `path:line:column what`. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

/** The configuration in a file. Throws a FileError when it cannot be read, and a ConfigurationError when it says what cannot be. */
export function readConfiguration(path: string): FoundConfiguration {
  return parsed(path, attempt("read", path, () => readFileSync(path, "utf8")));
}

/**
 * Finds the configuration of a folder: the nearest `tunesmith.jsonc` in it or above it, which alone counts; `undefined` where there is none.
 * Each folder is looked at once. Throws as `readConfiguration` does.
 */
export function createConfigurationFinder(): (folder: string) => FoundConfiguration | undefined {
  const kept = new Map<string, FoundConfiguration | undefined>();
  const find = (folder: string): FoundConfiguration | undefined => {
    if (kept.has(folder)) return kept.get(folder);
    const path = join(folder, configurationName);
    const text = readIfThere(path);
    const above = dirname(folder);
    const found = text !== undefined ? parsed(path, text) : above === folder ? undefined : find(above);
    kept.set(folder, found);
    return found;
  };
  return (folder) => find(resolve(folder));
}

function readIfThere(path: string): string | undefined {
  return attempt("read", path, () => {
    try {
      return readFileSync(path, "utf8");
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR" || !mayLookInto(dirname(path))) return undefined;
      throw error;
    }
  });
}

function mayLookInto(folder: string): boolean {
  try {
    accessSync(folder, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function parsed(path: string, text: string): FoundConfiguration {
  const read = parseConfiguration(text);
  if ("faults" in read) throw new ConfigurationError(read.faults.map(({ line, column, message }) => `${path}:${line}:${column} ${message}`).join("\n"));
  const { settings } = read;
  const folder = dirname(resolve(path));
  const isIgnored = picomatch((settings.ignore ?? []).map((pattern) => (pattern.endsWith("/") ? `${pattern}**` : pattern)), { dot: true });
  return { path, folder, settings, ignores: (file) => isIgnored(relative(folder, resolve(file)).replaceAll(sep, "/")) };
}
