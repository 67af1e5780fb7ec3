import * as z from "zod";

/** The numbers among what a server calls metrics or data; what is no finite number is dropped. */
export const metrics = z.record(z.string(), z.unknown()).catch({}).transform((values) => Object.fromEntries(Object.entries(values).filter(isNumber)));

function isNumber(entry: [string, unknown]): entry is [string, number] {
  return typeof entry[1] === "number" && Number.isFinite(entry[1]);
}
