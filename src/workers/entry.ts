/**
 * What a file has, with the line (from 1) on which it begins: a record as JSON, the names of a table's columns before its rows, or a place that
 * cannot be read, with the reason.
 */
export type Entry = { readonly line: number } & ({ readonly text: string } | { readonly columns: readonly string[] } | { readonly fault: string });

/** Said of a place with foreign bytes: what a decoder put there is not what was written. */
export const notUtf8 = "it has bytes that are no UTF-8; save the file as UTF-8 from the program that wrote it";
