import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The path of the first of these programs that is on PATH, or undefined. */
export function findProgram(...names) {
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending)))).find(isProgram);
}

/** Whether the path names something that this user may run. */
export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
