import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { describeFileError } from "../../../workers/file-error.ts";
import { TrainingError } from "../../runners/runner.ts";

/** The dashboard takes requests below 100 MiB. Source: ray 2.60, `_private/ray_constants.py`, `DASHBOARD_CLIENT_MAX_SIZE`. */
export const largestPackage = 100 * 1024 * 1024 - 1;

/** A file of a package, by its name at the root of it. */
export interface PackageFile {
  readonly name: string;
  readonly path: string;
}

export interface Package {
  /** As Ray calls it; the same files have the same name, whenever and wherever they are packed. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

/** Packs files into a zip at `path`, each at its root. Rejects with a TrainingError when they are too large, or cannot be read or written. */
export async function packFiles(files: readonly PackageFile[], path: string): Promise<Package> {
  const ordered = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const name = `_ray_pkg_${await contentHash(ordered)}.zip`;
  const zip = new ZipFile();
  // Without the time of files, and in one order, the same files are the same bytes.
  for (const file of ordered) zip.addFile(file.path, file.name, { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true });
  zip.end();
  try {
    await pipeline(zip.outputStream, createWriteStream(path));
  } catch (error) {
    throw new TrainingError("package_failed", describeFileError("write", path, error));
  }
  const { size } = await stat(path);
  if (size > largestPackage) {
    throw new TrainingError("package_too_large", `Dataset and code make a package of ${(size / 1e6).toFixed(0)} MB; a Ray dashboard takes at most ${(largestPackage / 1e6).toFixed(0)} MB. Train on fewer records, or on this machine.`);
  }
  return { name, path, bytes: size };
}

/** Of names and contents, not of the zip, whose compression may differ between versions of zlib. */
async function contentHash(files: readonly PackageFile[]): Promise<string> {
  const all = createHash("sha256");
  for (const { name, path } of files) {
    const one = createHash("sha256");
    try {
      for await (const chunk of createReadStream(path)) one.update(chunk as Buffer);
    } catch (error) {
      throw new TrainingError("package_failed", describeFileError("read", path, error));
    }
    all.update(`${name}\0${one.digest("hex")}\n`);
  }
  return all.digest("hex").slice(0, 40);
}
