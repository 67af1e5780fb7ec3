import { scanTokens } from "../json-scan.ts";

/**
 * JSON over many lines, two spaces a level. Every string and number stands as it was written, because a JavaScript number would round it. Text that is no
 * JSON, or was cut off, is laid out as far as it goes.
 */
export function prettyJson(text: string): string {
  const pieces: string[] = [];
  let depth = 0;
  // An empty object or list stays on one line.
  let opened = false;
  const breakLine = (): void => void pieces.push("\n", "  ".repeat(Math.min(depth, deepestIndent)));
  for (const { kind, text: token } of scanTokens(text)) {
    const closes = kind === "close";
    if (closes) depth = Math.max(0, depth - 1);
    if (opened !== closes && (opened || closes)) breakLine();
    opened = kind === "open";
    if (opened) depth++;
    pieces.push(token);
    if (kind === "colon") pieces.push(" ");
    if (kind === "comma") breakLine();
  }
  return pieces.join("");
}

/** Deeper levels are not moved further: a record nested ten thousand levels deep would become gigabytes of spaces. */
const deepestIndent = 40;
