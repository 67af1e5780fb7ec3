import type { ConversionResult } from "../../workers/convert-to-file.ts";

/** What keeps a file from being converted whole, as a text to read: each place with its reasons. */
export function describeFaults(name: string, format: string, { refused, onlyLossy, faults }: ConversionResult): string {
  const advice = onlyLossy ? "Convert Anyway leaves out what would be lost." : refused > 0 ? "Not all of it can be left out: records without “would lose” cannot be converted at all." : "";
  const lines = faults.map(({ line, reason, lossy }) => `${String(line).padStart(8)}  ${lossy ? "would lose " : ""}${reason}`);
  const more = refused > faults.length ? [`          … and ${(refused - faults.length).toLocaleString("en")} more`] : [];
  return [`${name} cannot be converted to ${format} whole. ${advice}`.trimEnd(), "", "    line  reason", ...lines, ...more, ""].join("\n");
}
