import type { Amount } from "./split.ts";

/** Reads an amount of records: a whole number from 1, or a share between 0 and 1 written as 0.1 or 10%. Undefined for anything else. */
export function readAmount(written: string): Amount | undefined {
  const text = written.trim();
  if (/^\d+$/.test(text)) return Number(text) > 0 ? { records: Number(text) } : undefined;
  const [, digits, percent] = /^(\d*\.?\d+)(\s*%)?$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const share = Number(digits) / (percent === undefined ? 1 : 100);
  return share > 0 && share < 1 ? { share } : undefined;
}
