import * as z from "zod";

/** Seconds of any year to come are below this, and milliseconds since March 1973 are above it. */
const leastMilliseconds = 1e11;
/** The last moment that a Date can hold. */
const mostMilliseconds = 8.64e15;

/** A moment as some server writes it (seconds, milliseconds or ISO 8601) in milliseconds since 1970; undefined for anything else and for 0, which servers send for "not yet". */
export const time = z.union([z.number(), z.string()]).transform(toMilliseconds).optional().catch(undefined);

function toMilliseconds(value: number | string): number | undefined {
  const number = typeof value === "number" ? value : Number(value);
  const milliseconds = Number.isNaN(number) ? Date.parse(withZone(String(value))) : Math.round(number < leastMilliseconds ? number * 1000 : number);
  return milliseconds > 0 && milliseconds <= mostMilliseconds ? milliseconds : undefined;
}

/** Servers that leave out the zone mean UTC; Date.parse would take it for this machine's. */
function withZone(text: string): string {
  return /T[\d:.]+$/.test(text) ? `${text}Z` : text;
}
