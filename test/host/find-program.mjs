import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The path of a program on PATH, or undefined. */
export function findProgram(name) {
  const file = process.platform === "win32" ? `${name}.cmd` : name;
  return (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, file)).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
