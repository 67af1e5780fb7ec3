import { gravestFirst, type Finding, type Severity } from "./finding.ts";
import { createGrowingArray } from "./growing-array.ts";
import { severityIn, type Severities } from "./severities.ts";
import { comparePositions } from "./text.ts";

/** How many findings of one rule and severity there are, whether they were kept or not, and how many of them have a safe fix. */
export interface Tally {
  readonly rule: string;
  readonly severity: Severity;
  readonly count: number;
  readonly fixable: number;
}

/** How many findings there are of each severity. */
export function countBySeverity(tallies: readonly Tally[]): Readonly<Record<Severity, number>> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { severity, count } of tallies) counts[severity] += count;
  return counts;
}

/** What was found. */
export interface Found {
  /** In the order of the text; of each rule the first ones, if not all were kept. */
  readonly findings: readonly Finding[];
  /** The gravest first, then by rule. */
  readonly tallies: readonly Tally[];
  /** The line of each finding, kept or not, and the place of its tally; where that was wanted. */
  readonly flagged?: { readonly lines: Uint32Array; readonly tallies: Uint16Array };
}

export interface SinkOptions {
  /** How many findings of each rule are kept; the others are counted. */
  readonly mostOfRule?: number;
  /** How a project takes the findings of some rules. */
  readonly severities?: Severities | undefined;
  /** Whether the lines of all findings are noted, in six bytes a finding. */
  readonly flags?: boolean;
}

/** Takes findings one by one, so that memory is bounded whatever a file holds. */
export interface FindingSink {
  /** `more` like it are counted and not kept. */
  add(finding: Finding, more?: number): void;
  /** Takes what was found in a part of the file that begins at `line`, in a sink of the same options. */
  merge(part: Found, line: number): void;
  finish(): Found;
}

export function createFindingSink({ mostOfRule = Infinity, severities, flags = false }: SinkOptions = {}): FindingSink {
  const findings: Finding[] = [];
  const tallies: { rule: string; severity: Severity; count: number; fixable: number; kept: number }[] = [];
  const places = new Map<string, number>();
  const lines = createGrowingArray((length) => new Uint32Array(length));
  const marks = createGrowingArray((length) => new Uint16Array(length));

  const placeOf = (rule: string, severity: Severity): number => {
    const key = `${severity} ${rule}`;
    let place = places.get(key);
    if (place === undefined) {
      place = tallies.length;
      places.set(key, place);
      tallies.push({ rule, severity, count: 0, fixable: 0, kept: 0 });
    }
    return place;
  };
  const keep = (finding: Finding, place: number): void => {
    const tally = tallies[place];
    if (!tally || tally.kept >= mostOfRule) return;
    tally.kept++;
    findings.push(finding);
  };
  return {
    add(found, more = 0) {
      const severity = severityIn(severities, found);
      if (severity === "off") return;
      const finding = severity === found.severity ? found : { ...found, severity };
      const place = placeOf(finding.rule, severity);
      const tally = tallies[place];
      if (!tally) return;
      tally.count += 1 + more;
      if (finding.fixes.some(({ safe }) => safe)) tally.fixable += 1 + more;
      keep(finding, place);
      if (!flags) return;
      lines.push(finding.range.start.line);
      marks.push(place);
    },
    merge(part, line) {
      const own = part.tallies.map(({ rule, severity, count, fixable }) => {
        const place = placeOf(rule, severity);
        const tally = tallies[place];
        if (tally) {
          tally.count += count;
          tally.fixable += fixable;
        }
        return place;
      });
      for (const finding of part.findings) keep(moved(finding, line), placeOf(finding.rule, finding.severity));
      if (!part.flagged) return;
      for (const [index, at] of part.flagged.lines.entries()) {
        lines.push(at + line);
        marks.push(own[part.flagged.tallies[index] ?? 0] ?? 0);
      }
    },
    finish() {
      findings.sort((a, b) => comparePositions(a.range.start, b.range.start));
      const order = tallies.map((_, place) => place).sort((a, b) => compareTallies(tallies[a], tallies[b]));
      const rank = Uint16Array.from(order);
      for (const [index, place] of order.entries()) rank[place] = index;
      return {
        findings, tallies: order.flatMap((place) => tallies[place] ?? []).map(({ rule, severity, count, fixable }) => ({ rule, severity, count, fixable })),
        ...(flags ? { flagged: { lines: lines.finish(), tallies: marks.finish().map((place) => rank[place] ?? 0) } } : {}),
      };
    },
  };
}

function compareTallies(a: Omit<Tally, "fixable"> | undefined, b: Omit<Tally, "fixable"> | undefined): number {
  if (!a || !b) return 0;
  return gravestFirst.indexOf(a.severity) - gravestFirst.indexOf(b.severity) || (a.rule < b.rule ? -1 : 1);
}

/** A finding so many lines further down. */
function moved(finding: Finding, lines: number): Finding {
  if (lines === 0) return finding;
  const range = ({ start, end }: Finding["range"]): Finding["range"] => ({ start: { ...start, line: start.line + lines }, end: { ...end, line: end.line + lines } });
  return { ...finding, range: range(finding.range), fixes: finding.fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => ({ ...edit, range: range(edit.range) })) })) };
}
