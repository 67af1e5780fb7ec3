import { failureForms, type FailureForm } from "./forms.ts";

/** A place of a dataset that a failure message names. */
export interface FailurePlace {
  /** From 1. */
  readonly number: number;
  /** What is counted: every line of the file, or only those that hold a record. */
  readonly counts: "lines" | "records";
  /** What of the message names it. */
  readonly fragment: string;
  /** What the message says of it, in the server's words. */
  readonly words: string;
  /** It says nothing of a file of more bytes than this. */
  readonly within?: number;
}

/** A moderation may flag hundreds of lines. */
const mostPlaces = 200;
const mostWords = 400;
/** More of a message is not read: what is longer is a log. */
const mostRead = 20_000;

interface Match {
  readonly at: number;
  readonly end: number;
  readonly numbers: readonly number[];
  readonly form: FailureForm;
}

/**
 * The places of a dataset that a provider's failure message names, in the order of the message, each once. Messages are matched on the few words that stay the
 * same while the sentences around them change; a number that is no place of the file (a column, a line of a program) is none here. Source: the forms'.
 */
export function failurePlaces(said: string): readonly FailurePlace[] {
  const message = said.slice(0, mostRead);
  const matches = matchesIn(message).slice(0, mostPlaces);
  const starts = [0, ...[...message.matchAll(/[.!?…]\s+|\n/g)].map((end) => end.index + end[0].length)];
  const places = new Map<number, FailurePlace>();
  for (const [index, { at, end, numbers, form: { counts, within } }] of matches.entries()) {
    const words = wordsAround(message, starts, at, matches.slice(index + 1).find((next) => next.numbers.some((number) => !numbers.includes(number)))?.at, matches[index - 1]?.end ?? 0);
    for (const number of numbers) {
      if (places.size >= mostPlaces || places.has(number)) continue;
      places.set(number, { number, counts, fragment: message.slice(at, end), words, ...(within === undefined ? {} : { within }) });
    }
  }
  return [...places.values()];
}

/** Which file a failure is about: the training file, unless the code, or else the message, speaks of the other one. */
export function fileOfFailure({ code = "", message }: { readonly code?: string; readonly message: string }): "training" | "validation" {
  const said = /training|validation/.exec(code)?.[0] ?? /\b(training|validation)[ _]file\b/i.exec(message)?.[1]?.toLowerCase();
  return said === "validation" ? "validation" : "training";
}

function matchesIn(message: string): readonly Match[] {
  const found: Match[] = [];
  for (const form of failureForms) {
    const own = [...message.matchAll(form.pattern)].map((match): Match => ({ at: match.index, end: match.index + match[0].length, numbers: [...(match.groups?.["numbers"] ?? "").matchAll(/\d+/g)].map(Number), form }));
    const free = own.filter(({ at, end }) => !found.some((other) => at < other.end && other.at < end));
    // Who calls one of them 0 counts from there.
    const first = free.some(({ numbers }) => numbers.includes(0)) ? 0 : form.first;
    found.push(...free.map((match) => ({ ...match, numbers: match.numbers.map((number) => number + 1 - first) })));
  }
  return found.sort((one, other) => one.at - other.at);
}

/** From the beginning of the sentence that names a place to the beginning of the one that names the next. */
function wordsAround(message: string, starts: readonly number[], at: number, next: number | undefined, after: number): string {
  const startOf = (place: number): number => starts.findLast((start) => start <= place) ?? 0;
  const to = next === undefined ? message.length : startOf(next) > at ? startOf(next) : next;
  const words = message.slice(Math.max(after, startOf(at)), to).replaceAll(/\s+/g, " ").replace(/^[\s.,;:)\]]+/, "").trim();
  return words.length > mostWords ? `${words.slice(0, mostWords - 1)}…` : words;
}
