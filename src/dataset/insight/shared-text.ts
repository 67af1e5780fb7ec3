/** What some texts begin and end with, one for each record. */
export interface SharedText {
  readonly records: number;
  /** What all begin with, and what all end with; the two may overlap. */
  readonly head: string;
  readonly tail: string;
  /** Characters of the shortest and of the longest text. */
  readonly shortest: number;
  readonly longest: number;
}

/** What texts share that are known to share something, as it may be shown. */
export interface ConstantText {
  /** Whether the texts are the same from end to end. */
  readonly isWhole: boolean;
  /** One or two stretches, in their order. */
  readonly parts: readonly string[];
}

/** A shorter stretch is shared by chance. */
const fewestCharacters = 20;

/** What a text shares with itself; one that lacks shares nothing with any other. */
export function sharedOf(text: string | undefined): SharedText {
  const said = text ?? "";
  return { records: 1, head: said, tail: said, shortest: said.length, longest: said.length };
}

/** What the texts of two groups share; it does not matter how they were put together. */
export function shareBoth(a: SharedText, b: SharedText): SharedText {
  return {
    records: a.records + b.records,
    head: a.head === b.head ? a.head : a.head.slice(0, commonLength(a.head, b.head)),
    tail: a.tail === b.tail ? a.tail : commonTail(a.tail, b.tail),
    shortest: Math.min(a.shortest, b.shortest),
    longest: Math.max(a.longest, b.longest),
  };
}

/** The stretches that are constant, cut where words end; undefined where there is none worth telling, or only one record. */
export function constantText({ records, head, tail, shortest, longest }: SharedText): ConstantText | undefined {
  if (records < 2) return undefined;
  if (head.length === longest && longest > 0) return { isWhole: true, parts: [head] };
  const begin = head.slice(0, lastBreak(head));
  const room = shortest - begin.length;
  const end = room > 0 ? tail.slice(-Math.min(tail.length, room)) : "";
  const parts = [begin.trim(), end.slice(firstBreak(end)).trim()].filter((part) => part.length >= fewestCharacters);
  return parts.length > 0 ? { isWhole: false, parts } : undefined;
}

function commonLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}

function commonTail(a: string, b: string): string {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length++;
  return a.slice(a.length - length);
}

function lastBreak(text: string): number {
  const at = text.search(/\s\S*$/);
  return at < 0 ? 0 : at;
}

function firstBreak(text: string): number {
  const at = text.search(/\s/);
  return at < 0 ? text.length : at;
}
