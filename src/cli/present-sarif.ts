import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import type { Artifact, Fix as SarifFix, Notification, ReportingDescriptor, Result } from "sarif";
import { version } from "../../package.json";
import type { Finding, Fix, Severity } from "../dataset/finding.ts";
import { datasetRules, recordRules } from "../dataset/rules/index.ts";
import type { Range } from "../dataset/text.ts";
import { isAboutFile, withLines } from "./read-again.ts";
import { omittedOf, type Complaint, type LintedFile } from "./summary.ts";

const levels: Readonly<Record<Severity, Result.level>> = { error: "error", warning: "warning", information: "note", hint: "note" };
const gravestFirst: readonly Severity[] = ["error", "warning", "information", "hint"];
const linterRules: readonly DescribedRule[] = [...recordRules, ...datasetRules].sort((a, b) => (a.id < b.id ? -1 : 1));
const placesOf = (rules: readonly DescribedRule[]): ReadonlyMap<string, number> => new Map(rules.map(({ id }, index) => [id, index]));
const linterPlaces = placesOf(linterRules);

/** What a log says of a rule. */
export interface DescribedRule {
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly explanation: string;
  readonly source: string;
}

export interface SarifOptions {
  /** What was looked for: the linter's rules where it is left out. Others cannot be silenced in `tunesmith.jsonc`. */
  readonly rules?: readonly DescribedRule[];
  /** The page of a rule as Markdown, which becomes its help. */
  readonly rulePage?: (rule: string) => string | undefined;
  readonly limits?: SarifLimits;
}

/** How many results a run may have, and how many bytes a log, packed with gzip. */
export interface SarifLimits {
  readonly results: number;
  readonly packedBytes: number;
}

/** GitHub refuses what is larger (GitHub Docs, "SARIF results exceed one or more limits" and "SARIF results file is too large"). */
const githubLimits: SarifLimits = { results: 25_000, packedBytes: 10e6 };

/**
 * The findings as one SARIF log, piece by piece, for GitHub's code scanning and other viewers: every rule, every finding with its fixes, and what
 * could not be read. Of more findings than the limits allow, the gravest are written, and how many are left out is said. Source: OASIS, Static Analysis
 * Results Interchange Format 2.1.0; columns count UTF-16 units. GitHub Docs, "SARIF support for code scanning", says what a log must have there.
 */
export function* presentSarif(files: readonly LintedFile[], complaints: readonly Complaint[], { rules = linterRules, rulePage = () => undefined, limits = githubLimits }: SarifOptions = {}): Generator<string> {
  const driver = { name: "Tunesmith", version, semanticVersion: version, rules: rules.map((rule) => toDescriptor(rule, rulePage(rule.id), rules === linterRules)) };
  const places = placesOf(rules);
  const tool = JSON.stringify({ driver });
  const notifications: Notification[] = complaints.map(({ message }) => ({ level: "error", message: { text: message } }));
  const artifacts: Artifact[] = files.map(({ path }) => ({ location: { uri: toUri(path) } }));
  const { quotas, leftOut, written } = share(files, { ...limits, packedBytes: limits.packedBytes - packedLength([tool, JSON.stringify(notifications), JSON.stringify(artifacts)]) - slack });
  if (leftOut > 0) notifications.push({ level: "warning", message: { text: `${leftOut} of ${leftOut + written} findings are left out, the least grave ones: GitHub takes ${limits.results} at most, and ${limits.packedBytes / 1e6} MB of them packed. "--format json" has all.` } });
  const invocation = { executionSuccessful: complaints.length === 0, ...(notifications.length > 0 ? { toolExecutionNotifications: notifications } : {}) };
  yield `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":${tool},"columnKind":"utf16CodeUnits",`;
  yield `"invocations":${JSON.stringify([invocation])},"artifacts":${JSON.stringify(artifacts)},"results":[`;
  let separator = "";
  for (const [index, file] of files.entries()) {
    const identify = createIdentity();
    for (const { finding, line } of withLines(file)) {
      const left = quotas.get(finding.severity) ?? 0;
      const identity = identify(finding, line);
      if (left === 0) continue;
      quotas.set(finding.severity, left - 1);
      yield separator + JSON.stringify(toResult(finding, identity, toUri(file.path), index, places));
      separator = ",";
    }
  }
  yield "]}]}\n";
}

/** How many findings of each severity are written, and how many are not. */
function share(files: readonly LintedFile[], { results, packedBytes }: SarifLimits): { readonly quotas: Map<Severity, number>; readonly leftOut: number; readonly written: number } {
  const quotas = new Map<Severity, number>();
  let all = files.flatMap(omittedOf).reduce((sum, { count }) => sum + count, 0);
  for (const { result } of files) all += result.findings.length;
  let written = 0;
  let bytes = 0;
  for (const severity of gravestFirst) {
    let given = 0;
    for (const batch of batches(files, severity, results - written)) {
      bytes += packedLength(batch);
      if (bytes > packedBytes) return { quotas: quotas.set(severity, given), leftOut: all - written, written };
      given += batch.length;
      written += batch.length;
    }
    quotas.set(severity, given);
  }
  return { quotas, leftOut: all - written, written };
}

/** The results of one severity as they will be written, but for what tells them apart, some at a time and not more than `most`. */
function* batches(files: readonly LintedFile[], severity: Severity, most: number): Generator<readonly string[]> {
  let batch: string[] = [];
  let length = 0;
  let count = 0;
  for (const [index, { path, result }] of files.entries()) {
    for (const finding of result.findings) {
      if (finding.severity !== severity) continue;
      if (count++ >= most) break;
      const text = JSON.stringify(toResult(finding, `${hashOf(String(count))}:1`, toUri(path), index));
      batch.push(text);
      length += text.length;
      if (length < 1 << 16) continue;
      yield batch;
      [batch, length] = [[], 0];
    }
  }
  if (batch.length > 0) yield batch;
}

/** The bytes of some pieces when they are packed by themselves, which is more than they add to a whole. */
function packedLength(pieces: readonly string[]): number {
  return deflateRawSync(pieces.join(",")).length;
}

/** Bytes for what stands around the pieces that are measured. */
const slack = 10_000;

/**
 * What tells a finding apart in the versions of its file: its line's text, and which of the same rule's findings on such a line it is, as `hash:number`.
 * GitHub's own hash takes a line's first 100 characters, which the records of a dataset often have in common.
 */
function createIdentity(): (finding: Finding, line: string | undefined) => string {
  const seen = new Map<string, number>();
  // A line of an array may be as long as the file and have many findings.
  let last = { text: "", hash: hashOf("") };
  return (finding, line = "") => {
    const text = isAboutFile(finding) ? "" : line;
    if (text !== last.text) last = { text, hash: hashOf(text) };
    const { hash } = last;
    const number = (seen.get(`${finding.rule} ${hash}`) ?? 0) + 1;
    seen.set(`${finding.rule} ${hash}`, number);
    return `${hash}:${number}`;
  };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** Without a public address there is no `helpUri`: the page itself is the help. */
function toDescriptor({ id, summary, severity, explanation, source }: DescribedRule, page: string | undefined, isOfLinter: boolean): ReportingDescriptor {
  const effect = severity === "error" ? "A provider refuses the file or the record." : severity === "warning" ? "A provider takes it, and the model suffers." : "It is advice.";
  const paragraphs = [summary, ...(isOfLinter ? [effect] : []), explanation, `Source: ${source}.`];
  const silence = isOfLinter ? [`\`"rules": { "${id}": "off" }\` in \`tunesmith.jsonc\` silences it.`] : [];
  return {
    id, name: id,
    shortDescription: { text: summary }, fullDescription: { text: summary },
    help: { text: paragraphs.join(" "), markdown: page === undefined ? [...paragraphs, ...silence].join("\n\n") : [page, ...silence].join("\n") },
    defaultConfiguration: { level: levels[severity] },
    properties: { "problem.severity": severity === "error" || severity === "warning" ? severity : "recommendation", precision: isOfLinter ? "very-high" : "medium" },
  };
}

function toResult({ rule, severity, range, message, fixes, related = [] }: Finding, identity: string, uri: string, index: number, places = linterPlaces): Result {
  const artifactLocation = { uri, index };
  const described = fixes.flatMap((fix) => toFix(fix, artifactLocation));
  return {
    ruleId: rule, ruleIndex: places.get(rule) ?? -1, level: levels[severity], message: { text: message },
    locations: [{ physicalLocation: { artifactLocation, region: toRegion(range) } }],
    ...(related.length > 0 ? { relatedLocations: related.map(({ file, line }) => ({ physicalLocation: { artifactLocation: file === undefined ? artifactLocation : { uri: toUri(file) }, region: { startLine: line + 1 } } })) } : {}),
    partialFingerprints: { primaryLocationLineHash: identity },
    ...(described.length > 0 ? { fixes: described } : {}),
  };
}

/** A repair of the bytes and not of the text cannot be said in SARIF. */
function toFix({ title, edits }: Fix, artifactLocation: { readonly uri: string; readonly index: number }): SarifFix[] {
  if (edits.length === 0) return [];
  const replacements = edits.map(({ range, text }) => ({ deletedRegion: toRegion(range), ...(text === "" ? {} : { insertedContent: { text } }) }));
  return [{ description: { text: title }, artifactChanges: [{ artifactLocation, replacements }] }];
}

function toRegion({ start, end }: Range) {
  return { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}

/** A path as a URI reference: relative ones stay relative to where the command was run. */
function toUri(path: string): string {
  const parts = path.replaceAll("\\", "/").split("/").map(encodeURIComponent);
  const drive = /^[a-zA-Z]%3A$/.test(parts[0] ?? "");
  if (drive) return `file:///${parts.join("/").replace("%3A", ":")}`;
  return path.startsWith("/") ? `file://${parts.join("/")}` : parts.join("/");
}
