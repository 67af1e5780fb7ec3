import * as vscode from "vscode";
import type { Check, ShownFinding } from "../../workers/file-check.ts";
import { toDiagnostic, toSummary } from "./diagnostics.ts";
import { summariseRest, type Rest } from "./summarise-rest.ts";

/** What was found in files, as VS Code shows it. */
export interface ShownFindings extends vscode.Disposable {
  /** Shows it in the place of what was shown of the file before; nothing where there is no check. */
  show(file: vscode.Uri, check: Pick<Check, "findings" | "omitted"> | undefined): void;
}

/** So many parts hold the findings of a file, by their lines. */
const partCount = 16;

/**
 * Shows findings in parts, each a collection of its own, and hands over only those in which something has changed: a thousand diagnostics take the extension host
 * five milliseconds, and a key changes one.
 */
export function showFindings(): ShownFindings {
  const collections = Array.from({ length: partCount + 1 }, (_, part) => vscode.languages.createDiagnosticCollection(part === 0 ? "tunesmith" : `tunesmith-${part}`));
  const [summaries, ...parts] = collections;
  const shown = new Map<string, { readonly rest: Rest | undefined; readonly parts: readonly (readonly ShownFinding[])[] }>();
  return {
    show(file, check) {
      const id = file.toString();
      const before = shown.get(id);
      const rest = check && summariseRest(check);
      const now = { rest, parts: partsOf(check?.findings ?? []) };
      if (rest?.message !== before?.rest?.message || rest?.severity !== before?.rest?.severity) summaries?.set(file, rest && [toSummary(rest)]);
      for (const [index, findings] of now.parts.entries()) {
        if (!areSame(findings, before?.parts[index] ?? [])) parts[index]?.set(file, findings.length === 0 ? undefined : findings.map(toDiagnostic));
      }
      if (check) shown.set(id, now);
      else shown.delete(id);
    },
    dispose: () => collections.forEach((collection) => void collection.dispose()),
  };
}

function partsOf(findings: readonly ShownFinding[]): readonly (readonly ShownFinding[])[] {
  const parts = Array.from({ length: partCount }, (): ShownFinding[] => []);
  for (const finding of findings) parts[finding.range.start.line % partCount]?.push(finding);
  return parts;
}

function areSame(some: readonly ShownFinding[], others: readonly ShownFinding[]): boolean {
  return some.length === others.length && some.every((one, index) => {
    const other = others[index];
    return other !== undefined && one.rule === other.rule && one.severity === other.severity && one.message === other.message && one.superfluous === other.superfluous
      && isAt(one.range.start, other.range.start) && isAt(one.range.end, other.range.end);
  });
}

function isAt(one: ShownFinding["range"]["start"], other: ShownFinding["range"]["start"]): boolean {
  return one.line === other.line && one.character === other.character;
}
