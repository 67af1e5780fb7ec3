import { createLeakSearch, type LeakSearch } from "../dataset/similarity/leaks.ts";
import { createSpilledTables } from "./spilled-tables.ts";

/** A search that whoever opened it closes. */
export interface OpenLeakSearch extends LeakSearch {
  close(): void;
}

/** A search among files of any length: what it keeps of them stands on disk where it is much. */
export function openLeakSearch(similarity: number): OpenLeakSearch {
  const tables = createSpilledTables();
  return { ...createLeakSearch(similarity, tables.create), close: tables.close };
}
