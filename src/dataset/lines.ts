import type { Line, Source } from "./source.ts";

/** The lines of a text, one after the other. A text that ends in a line break has no further, empty line. */
export function* splitLines(text: string): Generator<Line> {
  const breaks = /\r\n|\n|\r/g;
  let start = 0;
  for (let match = breaks.exec(text); match; match = breaks.exec(text)) {
    yield { text: text.slice(start, match.index), lineBreak: match[0] as Line["lineBreak"] };
    start = breaks.lastIndex;
  }
  if (start < text.length) yield { text: text.slice(start), lineBreak: "" };
}

/** A text as a source: what an editor holds, where decoding has already happened. */
export function sourceOf(text: string, origin: Partial<Pick<Source, "encoding" | "byteOrderMark">> = {}): Source {
  return { encoding: origin.encoding ?? "utf-8", byteOrderMark: origin.byteOrderMark ?? false, lines: splitLines(text), again: () => splitLines(text) };
}
