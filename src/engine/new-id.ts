import { randomBytes } from "node:crypto";

/** A new id that nobody guesses, such as `ftjob-…`. */
export const newId = (prefix: string): string => `${prefix}${randomBytes(12).toString("hex")}`;
