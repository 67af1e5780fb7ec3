import type { RecordRule } from "./rule.ts";

export const multiLineRecord: RecordRule = {
  id: "multi-line-record",
  severity: "error",
  summary: "A record is written over several lines; in JSONL every record stands on one.",
  explanation: "Servers read line by line and find half an object on each (`Expected file to have JSONL format, where every line is a JSON dictionary`). The fix takes out the line breaks and indentation between the record's tokens; literals and escapes stay.",
  source: "https://jsonlines.org",
  *check({ text }, { arrays }) {
    // Where an array is taken, its elements may be written as they like.
    if (arrays === "taken") return;
    const breaks = lineBreaks(text);
    const [first] = breaks;
    if (!first) return;
    yield {
      start: 0, end: first.start,
      message: `This record is written over ${breaks.length + 1} lines; expected each record on one line.`,
      // Each edit stays on its line or ends at the beginning of the next, as line-by-line writing needs it.
      fixes: [{ title: "Write the record on one line", safe: true, edits: breaks.flatMap(({ start, next, end }) => [{ start, end: next, text: "" }, ...(next === end ? [] : [{ start: next, end, text: "" }])]) }],
    };
  },
};

/** The line breaks of a text, each with the spaces beside it: where these begin, where the next line does, and where its text does. */
function lineBreaks(text: string): readonly { readonly start: number; readonly next: number; readonly end: number }[] {
  let end = 0;
  return [...text.matchAll(/\r\n|\n|\r/g)].map(({ 0: lineBreak, index }) => {
    let start = index;
    while (start > end && isSpace(text[start - 1])) start--;
    const next = index + lineBreak.length;
    end = next;
    while (isSpace(text[end])) end++;
    return { start, next, end };
  });
}

function isSpace(character: string | undefined): boolean {
  return character === " " || character === "\t";
}
