import { createLeakSearch, type LeakSearch } from "../dataset/similarity/leaks.ts";
import { createSpilledTables } from "./spilled-tables.ts";

/** A search among files of any length: what it keeps of them stands on disk where it is much. Whoever opens it closes it. */
export function openLeakSearch(similarity: number): LeakSearch & { close(): void } {
  const tables = createSpilledTables();
  return { ...createLeakSearch(similarity, tables.create), close: tables.close };
}
