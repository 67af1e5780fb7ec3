import type { Artifact, Fix as SarifFix, Notification, ReportingDescriptor, Result } from "sarif";
import { version } from "../../package.json";
import type { Finding, Fix, Severity } from "../dataset/finding.ts";
import { datasetRules, recordRules } from "../dataset/rules/index.ts";
import type { Range } from "../dataset/text.ts";
import type { LintedFile } from "./summary.ts";

const levels: Readonly<Record<Severity, Result.level>> = { error: "error", warning: "warning", information: "note", hint: "note" };
const rules = [...recordRules, ...datasetRules].sort((a, b) => (a.id < b.id ? -1 : 1));
const ruleIndex = new Map(rules.map(({ id }, index) => [id, index]));

/**
 * The findings as one SARIF log, piece by piece, for GitHub's code scanning and other viewers: every rule, every finding with its fixes, and what
 * could not be read. Source: OASIS, Static Analysis Results Interchange Format 2.1.0; columns count UTF-16 units.
 */
export function* presentSarif(files: readonly LintedFile[], complaints: readonly string[]): Generator<string> {
  const driver = { name: "Tunesmith", version, semanticVersion: version, rules: rules.map(toDescriptor) };
  const notifications: Notification[] = complaints.map((text) => ({ level: "error", message: { text } }));
  const invocation = { executionSuccessful: complaints.length === 0, ...(notifications.length > 0 ? { toolExecutionNotifications: notifications } : {}) };
  const artifacts: Artifact[] = files.map(({ path }) => ({ location: { uri: toUri(path) } }));
  yield `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":${JSON.stringify({ driver })},"columnKind":"utf16CodeUnits",`;
  yield `"invocations":${JSON.stringify([invocation])},"artifacts":${JSON.stringify(artifacts)},"results":[`;
  let separator = "";
  for (const [index, { path, result }] of files.entries()) {
    for (const finding of result.findings) {
      yield separator + JSON.stringify(toResult(finding, toUri(path), index));
      separator = ",";
    }
  }
  yield "]}]}\n";
}

function toDescriptor({ id, summary, severity }: { readonly id: string; readonly summary: string; readonly severity: Severity }): ReportingDescriptor {
  return { id, shortDescription: { text: summary }, defaultConfiguration: { level: levels[severity] } };
}

function toResult({ rule, severity, range, message, fixes }: Finding, uri: string, index: number): Result {
  const artifactLocation = { uri, index };
  const described = fixes.flatMap((fix) => toFix(fix, artifactLocation));
  return {
    ruleId: rule, ruleIndex: ruleIndex.get(rule) ?? -1, level: levels[severity], message: { text: message },
    locations: [{ physicalLocation: { artifactLocation, region: toRegion(range) } }],
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
