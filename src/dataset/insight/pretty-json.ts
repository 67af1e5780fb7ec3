import { createScanner } from "jsonc-parser";

/** `SyntaxKind` of jsonc-parser is a `const enum`, which cannot be imported without its package's own compiler options. */
const kinds = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, comma: 5, colon: 6, lineBreak: 14, space: 15, end: 17 } as const;

/**
 * JSON over many lines, two spaces a level. Every string and number stands as it was written, because a JavaScript number would round it. Text that is no
 * JSON, or was cut off, is laid out as far as it goes.
 */
export function prettyJson(text: string): string {
  const scanner = createScanner(text, false);
  const pieces: string[] = [];
  let depth = 0;
  // An empty object or list stays on one line.
  let opened = false;
  const breakLine = (): void => void pieces.push("\n", "  ".repeat(Math.min(depth, deepestIndent)));
  for (let kind: number = scanner.scan(); kind !== kinds.end; kind = scanner.scan()) {
    if (kind === kinds.lineBreak || kind === kinds.space) continue;
    const token = text.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength());
    const closes = kind === kinds.closeBrace || kind === kinds.closeBracket;
    if (closes) depth = Math.max(0, depth - 1);
    if (opened !== closes && (opened || closes)) breakLine();
    opened = kind === kinds.openBrace || kind === kinds.openBracket;
    if (opened) depth++;
    pieces.push(token);
    if (kind === kinds.colon) pieces.push(" ");
    if (kind === kinds.comma) breakLine();
  }
  return pieces.join("");
}

/** Deeper levels are not moved further: a record nested ten thousand levels deep would become gigabytes of spaces. */
const deepestIndent = 40;
