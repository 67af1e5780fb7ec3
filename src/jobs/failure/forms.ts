/** One way in which servers name the records of a file that they refuse. */
export interface FailureForm {
  /** Has the group `numbers`: one number, or several in a row. Stable words only, never a whole sentence. */
  readonly pattern: RegExp;
  /** What the numbers count: every line of the file, or only those that hold a record. */
  readonly counts: "lines" | "records";
  /** What the first one is called. */
  readonly first: 0 | 1;
  /** Where the numbers begin anew after so many bytes, so that they say nothing of a longer file. */
  readonly within?: number;
}

/** Some numbers in a row: `4, 13 and 14`. */
const numbers = String.raw`(?<numbers>\d+(?:(?:,? and |, ?)\d+)*)`;

/**
 * The forms, the surest first; what one has taken of a message no other reads again. A word that is followed by a column is a place within a record, or within
 * a program, and so is `", line 12` of a Python traceback.
 */
export const failureForms: readonly FailureForm[] = [
  // OpenAI, Azure and the local engine. From 1, and of lines: OpenAI's own "Example 1273 cannot be parsed … (line 1273)"; `engine/check-training-file.ts`.
  { pattern: /\bExample (?<numbers>\d+)\b/g, counts: "lines", first: 1 },
  // OpenAI's older moderation; like all its other messages taken as counting from 1.
  { pattern: new RegExp(String.raw`\bFlagged lines?: ?${numbers}`, "gi"), counts: "lines", first: 1 },
  // Azure OpenAI's upload says "Unexpected value encountered on line 0" of the first line.
  { pattern: /\bencountered on line (?<numbers>\d+)\b/g, counts: "lines", first: 0 },
  // Arrow, by which TRL and everything else on Hugging Face's `datasets` reads JSON Lines: `num_rows_` of its parser.cc, of the block that is read; `datasets` reads
  // blocks of 10 MiB.
  { pattern: /\bJSON parse error\b[^\n]*? in row (?<numbers>\d+)\b/g, counts: "records", first: 0, within: 10 * 1024 * 1024 },
  // Together (`idx + 1` of utils/files.py), Mistral ("The data in line {idx + 1} of dataset …"), the local trainer (records.py), and what else counts as people do.
  { pattern: new RegExp(String.raw`(?<!", )\blines?:? ${numbers}\b(?!:? ?,? ?column\b|:\d)`, "gi"), counts: "lines", first: 1 },
  // Fireworks skips blank lines, as most who speak of records do.
  { pattern: new RegExp(String.raw`\b(?:record|row|sample|example|entry)s?:? #?${numbers}\b(?! ?column\b)`, "gi"), counts: "records", first: 1 },
];
