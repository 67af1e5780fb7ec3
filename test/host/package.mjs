import { createVSIX, listFiles, PackageManager } from "@vscode/vsce";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/**
 * Packs the extension as `npm run package` does, from what is built, and gives the VSIX's path. The files are copied first, because packing
 * in place would check and build the whole project again.
 */
export async function packExtension(vsix = resolve("out/tunesmith.vsix")) {
  const stage = resolve("out/package");
  await rm(stage, { recursive: true, force: true });
  for (const file of await listFiles({ cwd: process.cwd(), packageManager: PackageManager.None })) {
    await mkdir(dirname(join(stage, file)), { recursive: true });
    await cp(file, join(stage, file));
  }
  const { scripts, ...manifest } = JSON.parse(await readFile("package.json", "utf8"));
  await writeFile(join(stage, "package.json"), JSON.stringify(manifest, undefined, 2));
  await quietly(() => createVSIX({ cwd: stage, packagePath: vsix, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false }));
  return vsix;
}

/** vsce reports its progress with console.log; its warnings stay. */
async function quietly(act) {
  const { log, info } = console;
  Object.assign(console, { log() {}, info() {} });
  try {
    return await act();
  } finally {
    Object.assign(console, { log, info });
  }
}
