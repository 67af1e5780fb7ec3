import { createScanner } from "jsonc-parser";

/** `SyntaxKind` of jsonc-parser is a `const enum`, which cannot be imported without its package's own compiler options. */
const kinds = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, comma: 5, colon: 6, lineBreak: 14, space: 15, end: 17 } as const;

/** A token of a text that may be JSON: what opens and closes, what parts, and everything else as it is written. White space is none. */
export interface ScannedToken {
  readonly kind: "open" | "close" | "comma" | "colon" | "other";
  readonly text: string;
  /** UTF-16 units from the beginning of the text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

const named: Readonly<Record<number, ScannedToken["kind"]>> = {
  [kinds.openBrace]: "open", [kinds.openBracket]: "open", [kinds.closeBrace]: "close", [kinds.closeBracket]: "close", [kinds.comma]: "comma", [kinds.colon]: "colon",
};

/** The tokens of a text one after the other, be it JSON or not. Never throws. */
export function* scanTokens(text: string): Generator<ScannedToken> {
  const scanner = createScanner(text, false);
  for (let kind: number = scanner.scan(); kind !== kinds.end; kind = scanner.scan()) {
    if (kind === kinds.lineBreak || kind === kinds.space) continue;
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    yield { kind: named[kind] ?? "other", text: text.slice(start, end), start, end };
  }
}
