/** What Python's `str.split()` splits at, which the reference implementations use: JavaScript's \s lacks U+001C to U+001F and U+0085, and has U+FEFF. */
const space = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const spaces = new RegExp(`${space}+`, "u");
const atEnd = new RegExp(`${space}+$`, "u");

/** The words of a text between white space, as Python's `str.split()` gives them. */
export function splitWords(text: string): string[] {
  return text.split(spaces).filter((word) => word !== "");
}

/** A text without the white space at its end, as Python's `str.rstrip()` gives it. */
export function trimEnd(text: string): string {
  return text.replace(atEnd, "");
}
