import { comparePositions, type Edit } from "../dataset/text.ts";
import { linesOf, type RawLine } from "./read-source.ts";
import { byteOffset } from "./utf-8.ts";

/**
 * A line after the edits of its own, which do not overlap; no line where they leave nothing. Bytes outside the edits stay as they are, be they
 * UTF-8 or not. The line's number in the edits' positions is `number`; an edit may end behind the line break, at the start of the next line.
 */
export function editLine(line: RawLine, number: number, edits: readonly Edit[]): readonly RawLine[] {
  const content = line.bytes.subarray(0, line.bytes.length - line.lineBreak.length);
  const sorted = [...edits].sort((a, b) => comparePositions(a.range.start, b.range.start) || comparePositions(a.range.end, b.range.end));
  const pieces: Buffer[] = [];
  let offset = 0;
  for (const { range, text } of sorted) {
    const start = byteOffset(content, line.text, range.start.character);
    const end = range.end.line > number ? line.bytes.length : byteOffset(content, line.text, range.end.character);
    if (start < offset) throw new RangeError("Two edits overlap.");
    pieces.push(line.bytes.subarray(offset, start), Buffer.from(text));
    offset = end;
  }
  return linesOf(Buffer.concat([...pieces, line.bytes.subarray(offset)]));
}
