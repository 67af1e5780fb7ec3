import { open } from "node:fs/promises";

/** Has a folder's entries on disk, so that a new file in it lasts. Windows cannot open a folder, and needs it not. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
