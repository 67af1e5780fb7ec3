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
    const breaks = [...text.matchAll(/([ \t]*)(\r\n|\n|\r)([ \t]*)/g)];
    const [first] = breaks;
    if (!first) return;
    yield {
      start: 0, end: first.index,
      message: `This record is written over ${breaks.length + 1} lines; expected each record on one line.`,
      // Each edit stays on its line or ends at the beginning of the next, as line-by-line writing needs it.
      fixes: [{ title: "Write the record on one line", safe: true, edits: breaks.flatMap(({ index, 1: before = "", 2: lineBreak = "", 3: after = "" }) => {
        const next = index + before.length + lineBreak.length;
        return [{ start: index, end: next, text: "" }, ...(after === "" ? [] : [{ start: next, end: next + after.length, text: "" }])];
      }) }],
    };
  },
};
