import { shorten } from "./quote.ts";

/** One token of a text that wants to be JSON but need not be. `fault` says what is wrong with it; `repair` is what it was meant to be. */
export interface JsonToken {
  readonly kind: "punctuation" | "string" | "scalar" | "comment" | "space" | "stray";
  readonly start: number;
  readonly end: number;
  readonly faults: readonly TokenFault[];
}

/** A fault inside a token, at its own characters, which may be fewer than the token's. */
export interface TokenFault {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly repair?: { readonly title: string; readonly safe: boolean; readonly text: string };
}

const pythonWords: Readonly<Record<string, string>> = { True: "true", False: "false", None: "null" };
const closingQuotes: Readonly<Record<string, string>> = { "'": "'", "“": "”", "”": "”", "‘": "’", "’": "’", "`": "`" };
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const wordCharacter = /[\p{L}\p{N}_$.+\-]/u;

/** The token that starts at `start`, which must lie inside `text`. Never throws, and always reads at least one character. */
export function readToken(text: string, start: number): JsonToken {
  const character = text[start] ?? "";
  if ("{}[],:".includes(character)) return { kind: "punctuation", start, end: start + 1, faults: [] };
  if (character === '"') return readString(text, start);
  if (character in closingQuotes) return readForeignString(text, start, closingQuotes[character] ?? character);
  if (/\s|\uFEFF|\u200B/.test(character)) return readSpace(text, start);
  if (text.startsWith("//", start) || text.startsWith("/*", start) || character === "#") return readComment(text, start);
  if (wordCharacter.test(character) || isSurrogate(text, start)) return readWord(text, start);
  return { kind: "stray", start, end: start + 1, faults: [{ start, end: start + 1, message: `${show(character)} cannot stand here: JSON has no such sign outside a string.` }] };
}

function readString(text: string, start: number): JsonToken {
  const faults: TokenFault[] = [];
  let offset = start + 1;
  for (; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 0x22) return { kind: "string", start, end: offset + 1, faults };
    if (code < 0x20) faults.push(controlCharacter(text, offset));
    if (code === 0x5c) {
      const length = escapeLength(text, offset);
      if (length === 0) faults.push(badEscape(text, offset));
      offset += Math.max(length, 2) - 1;
    }
  }
  faults.push({ start, end: text.length, message: "This string is never closed: a quotation mark is missing before the end of the line." });
  return { kind: "string", start, end: text.length, faults };
}

function controlCharacter(text: string, offset: number): TokenFault {
  const escaped = JSON.stringify(text[offset]).slice(1, -1);
  return {
    start: offset, end: offset + 1,
    message: `A raw control character stands in this string; JSON wants it written as ${escaped}.`,
    repair: { title: `Write the control character as ${escaped}`, safe: true, text: escaped },
  };
}

/** The length of a valid escape sequence at `offset`, 0 when it is none. */
function escapeLength(text: string, offset: number): number {
  const next = text[offset + 1] ?? "";
  if (next === "u") return /^[\da-fA-F]{4}$/.test(text.slice(offset + 2, offset + 6)) ? 6 : 0;
  return next !== "" && '"\\/bfnrt'.includes(next) ? 2 : 0;
}

function badEscape(text: string, offset: number): TokenFault {
  const sequence = text[offset + 1] === "u" ? text.slice(offset, offset + 2) : text.slice(offset, offset + 1 + (isSurrogate(text, offset + 1) ? 2 : 1));
  const end = offset + sequence.length;
  if (sequence === "\\'") {
    return { start: offset, end, message: "\\' is no escape sequence of JSON: an apostrophe needs none.", repair: { title: "Write the apostrophe plainly", safe: true, text: "'" } };
  }
  return {
    start: offset, end,
    message: `${sequence} is no escape sequence of JSON, which knows \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits.`,
    repair: { title: "Write the backslash as \\\\", safe: false, text: `\\\\${sequence.slice(1)}` },
  };
}

function readForeignString(text: string, start: number, quote: string): JsonToken {
  let offset = start + 1;
  while (offset < text.length && !closes(text, offset, quote)) offset += text[offset] === "\\" ? 2 : 1;
  const end = Math.min(offset + 1, text.length);
  const content = text.slice(start + 1, end - 1);
  const closed = offset < text.length;
  const simple = closed && !/["\\\u0000-\u001f]/.test(content);
  const fault = {
    start, end,
    message: closed ? `JSON strings stand in double quotation marks, not in ${text[start]}${quote}.` : `${text[start]} opens no string in JSON; strings stand in double quotation marks.`,
  };
  return { kind: "string", start, end, faults: [simple ? { ...fault, repair: { title: "Use double quotation marks", safe: text[start] === "'", text: `"${content}"` } } : fault] };
}

/** An apostrophe inside a word closes no string: behind a closing quote stands what may follow a string, or nothing. */
function closes(text: string, offset: number, quote: string): boolean {
  if (text[offset] !== quote) return false;
  let next = offset + 1;
  while (next < text.length && " \t".includes(text[next] ?? "")) next++;
  return next === text.length || ",:]}".includes(text[next] ?? "");
}

function readSpace(text: string, start: number): JsonToken {
  const character = text[start] ?? "";
  if (" \t\n\r".includes(character)) return { kind: "space", start, end: start + 1, faults: [] };
  const fault = {
    start, end: start + 1,
    message: `${show(character)} is no white space in JSON, which knows only space, tab and line break.`,
    repair: { title: "Use a plain space", safe: true, text: " " },
  };
  return { kind: "space", start, end: start + 1, faults: [fault] };
}

function readComment(text: string, start: number): JsonToken {
  const close = text.startsWith("/*", start) ? text.indexOf("*/", start + 2) : -1;
  const end = close < 0 ? text.length : close + 2;
  return { kind: "comment", start, end, faults: [{ start, end, message: "JSON has no comments.", repair: { title: "Remove the comment", safe: false, text: "" } }] };
}

function readWord(text: string, start: number): JsonToken {
  let end = start;
  while (end < text.length && (wordCharacter.test(text[end] ?? "") || isSurrogate(text, end))) end++;
  const word = text.slice(start, end);
  const known = word === "true" || word === "false" || word === "null" || jsonNumber.test(word);
  return { kind: "scalar", start, end, faults: known ? [] : [wordFault(word, start, end)] };
}

function wordFault(word: string, start: number, end: number): TokenFault {
  const python = Object.hasOwn(pythonWords, word) ? pythonWords[word] : undefined;
  if (python) return { start, end, message: `${word} is Python; JSON writes ${python}.`, repair: { title: `Write ${python}`, safe: true, text: python } };
  if (/^[+-]?(?:nan|inf|infinity)$/i.test(word)) return { start, end, message: `${word} is no JSON number; JSON has no such value. Write a number, or null.` };
  if (word === "undefined") return { start, end, message: "undefined is no JSON value. Write null, or leave the key out." };
  if (/^[+-]?[\d.]/.test(word)) return { start, end, message: `${shorten(word)} is no JSON number: digits need no leading zero or plus sign, and stand on both sides of a point.` };
  return { start, end, message: `${shorten(word)} is no JSON value; text stands in double quotation marks.` };
}

function isSurrogate(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return code >= 0xd800 && code <= 0xdfff;
}

/** A character as a person can read it, with its code where it cannot be seen. */
function show(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return code > 0x20 && code < 0x7f ? character : name;
}
