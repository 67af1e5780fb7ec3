import { diffArrays } from "diff";
import { prettyJson } from "./insight/pretty-json.ts";
import { readTree } from "./json-node.ts";
import { scanTokens, type ScannedToken } from "./json-scan.ts";
import { findSyntaxFaults } from "./json-syntax.ts";
import type { Replacement } from "./text.ts";

/** A record as it is edited: JSON over many lines, with every string and number as its line has it. What is no JSON is laid out as far as it goes. */
export function toRecordText(line: string): string {
  return `${prettyJson(line)}\n`;
}

/** Why a text cannot be written as a record, at its place in the text; undefined where it can. */
export function whyNoRecord(text: string): { readonly offset: number; readonly message: string } | undefined {
  const [fault] = findSyntaxFaults(text);
  if (fault) return { offset: fault.start, message: fault.message };
  const tree = readTree(text);
  if (!tree) return { offset: 0, message: "This record is nested too deeply to be read." };
  return tree.type === "object" ? undefined : { offset: tree.offset, message: `A record is an object, such as {"messages": […]}; this is ${tree.type === "array" ? "a list" : `a ${tree.type}`}.` };
}

/**
 * What makes of a line the record that `edited`, a text that `whyNoRecord` takes, lays out over many lines; offsets are of `line`. Tokens that were not edited
 * keep their bytes and the white space beside them; what is new is spaced as the line is. Without an edit there are no replacements. The line stays one line.
 */
export function editRecord(line: string, edited: string): readonly Replacement[] {
  const before = [...scanTokens(line)];
  const after = [...scanTokens(edited)];
  const former = matchTokens(before, after);
  const spacing = spacingOf(line, before);
  const replacements: Replacement[] = [];
  let text = "";
  let last = -1;
  for (let index = 0; index <= after.length; index++) {
    const at = index === after.length ? before.length : former[index];
    text += gap(index === 0 ? undefined : after[index - 1], after[index], former[index - 1], at, spacing);
    if (at === undefined) {
      text += after[index]?.text ?? "";
      continue;
    }
    const start = before[last]?.end ?? before[0]?.start ?? line.length;
    const end = before[at]?.start ?? before.at(-1)?.end ?? line.length;
    const replacement = trimmed(line, { start, end, text });
    if (replacement) replacements.push(replacement);
    text = "";
    last = at;
  }
  return replacements;
}

/** More insertions and deletions than this are not looked for one by one: what is between the first and the last is replaced. */
const mostEdits = 400;

/** For each token of `after` the place of the one in `before` that it was, in rising order; undefined for a new one. */
function matchTokens(before: readonly ScannedToken[], after: readonly ScannedToken[]): readonly (number | undefined)[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head]?.text === after[head]?.text) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail]?.text === after[after.length - 1 - tail]?.text) tail++;
  const words = (tokens: readonly ScannedToken[]): string[] => tokens.slice(head, tokens.length - tail).map(({ text }) => text);
  const former: (number | undefined)[] = Array.from({ length: head }, (_, index) => index);
  let at = head;
  for (const { added, removed, count = 0 } of diffArrays(words(before), words(after), { maxEditLength: mostEdits }) ?? [{ added: true, removed: false, count: after.length - tail - head }]) {
    for (let index = 0; index < count && !removed; index++) former.push(added ? undefined : at + index);
    if (!added) at += count;
  }
  for (let index = before.length - tail; index < before.length; index++) former.push(index);
  return former;
}

interface Spacing {
  /** The white space that the line has behind a token, and before one; undefined at its ends. */
  readonly behind: (place: number) => string | undefined;
  readonly before: (place: number) => string | undefined;
  /** What it has first beside each kind of token, which new ones get too. */
  readonly usual: ReadonlyMap<string, string>;
}

function spacingOf(line: string, tokens: readonly ScannedToken[]): Spacing {
  const between = (left: ScannedToken | undefined, right: ScannedToken | undefined): string | undefined => (left && right ? line.slice(left.end, right.start) : undefined);
  const usual = new Map<string, string>();
  for (const [index, left] of tokens.entries()) {
    const right = tokens[index + 1];
    const owner = right && ownerOf(left, right);
    // An empty list says nothing about the space that others have.
    if (!right || !owner || (left.kind === "open" && right.kind === "close") || usual.has(owner.key)) continue;
    usual.set(owner.key, between(left, right) ?? "");
  }
  return { behind: (place) => between(tokens[place], tokens[place + 1]), before: (place) => between(tokens[place - 1], tokens[place]), usual };
}

/** Of two neighbours the one to which the white space between them belongs. */
function ownerOf(left: ScannedToken, right: ScannedToken): { readonly side: "left" | "right"; readonly key: string } | undefined {
  if (left.kind !== "other" && left.kind !== "close") return { side: "left", key: `${left.text} ` };
  if (right.kind !== "other" && right.kind !== "open") return { side: "right", key: ` ${right.text}` };
  return undefined;
}

/** The space of lines that Python writes, for signs that the line does not have yet. */
const defaults: Readonly<Record<string, string>> = { ", ": " ", ": ": " " };

/** The white space between two neighbours, which were at places of the line or are new. */
function gap(left: ScannedToken | undefined, right: ScannedToken | undefined, leftPlace: number | undefined, rightPlace: number | undefined, { behind, before, usual }: Spacing): string {
  if (!left || !right) return "";
  const owner = ownerOf(left, right);
  if (!owner) return (leftPlace !== undefined && rightPlace === leftPlace + 1 ? behind(leftPlace) : undefined) ?? " ";
  const own = owner.side === "left" ? leftPlace !== undefined && behind(leftPlace) : rightPlace !== undefined && before(rightPlace);
  return typeof own === "string" ? own : (usual.get(owner.key) ?? defaults[owner.key] ?? "");
}

/** A replacement without what stays at its ends; undefined where all stays. No character of two units is cut in half. */
function trimmed(line: string, { start, end, text }: Replacement): Replacement | undefined {
  const shorter = Math.min(end - start, text.length);
  let head = 0;
  while (head < shorter && line[start + head] === text[head]) head++;
  if (head > 0 && /[\uD800-\uDBFF]/.test(text[head - 1] ?? "")) head--;
  let tail = 0;
  while (tail < shorter - head && line[end - 1 - tail] === text[text.length - 1 - tail]) tail++;
  if (tail > 0 && /[\uDC00-\uDFFF]/.test(text[text.length - tail] ?? "")) tail--;
  const replacement = { start: start + head, end: end - tail, text: text.slice(head, text.length - tail) };
  return replacement.start === replacement.end && replacement.text === "" ? undefined : replacement;
}

/** Where in the text over many lines the character of a line stands, so that who opens a record finds the place again. */
export function placeInRecordText(line: string, character: number): number {
  const tokens = [...scanTokens(line)];
  const place = tokens.findLastIndex(({ start }) => start <= character);
  const token = tokens[place];
  if (!token) return 0;
  let index = 0;
  for (const { start, end } of scanTokens(toRecordText(line))) if (index++ === place) return Math.min(start + character - token.start, end);
  return 0;
}
