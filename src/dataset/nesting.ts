/** Follows the brackets of JSON through lines of text, outside of strings; a string that a line does not close stops it. */
export interface Nesting {
  /** How many brackets are open; below 0 never. */
  readonly depth: number;
  /** Reads a line. False where a string is not closed on it, a bracket closes nothing, or something stands behind the last. */
  take(text: string): boolean;
  /**
   * Reads an element of an array from a character on. Gives the character behind its end; undefined where the line ends first; -1 where it does
   * not read on.
   */
  takeElement(text: string, from: number): number | undefined;
}

/** A nesting in which nothing is open yet. */
export function createNesting(): Nesting {
  let depth = 0;

  /** The character behind the one that closes the last bracket; undefined at the end of the line; -1 where it does not read on. */
  function scan(text: string, from: number): number | undefined {
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x22) {
        at = endOfString(text, at);
        if (at < 0) return -1;
      } else if (code === 0x7b || code === 0x5b) depth++;
      else if (code === 0x7d || code === 0x5d) {
        if (depth === 0) return at > from ? at : -1;
        depth--;
        if (depth === 0) return at + 1;
      } else if (depth === 0 && code === 0x2c) return at;
    }
    return undefined;
  }

  return {
    get depth() {
      return depth;
    },
    take(text) {
      const end = scan(text, 0);
      return end === undefined ? depth > 0 : end >= 0 && text.slice(end).trim() === "";
    },
    takeElement: scan,
  };
}

/** The closing quotation mark of the string that opens at `start`; -1 where there is none. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}
