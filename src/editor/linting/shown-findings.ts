import * as vscode from "vscode";
import type { Check, ShownFinding } from "../../workers/file-check.ts";
import { toDiagnostic, toSummary } from "./diagnostics.ts";
import { areMoved, areSame } from "./findings-alike.ts";
import { summariseRest, type Rest } from "./summarise-rest.ts";

/** What was found in files, as VS Code shows it. */
export interface ShownFindings extends vscode.Disposable {
  /** Shows it in the place of what was shown of the file before; nothing where there is no check. */
  show(file: vscode.Uri, check: Pick<Check, "findings" | "omitted"> | undefined): void;
}

/** So many parts hold the findings of a file, by their lines. */
const partCount = 16;
/** How long nobody types before findings are shown anew that have only moved, in milliseconds: VS Code moves what it shows as one types. */
const pause = 300;

/**
 * Shows findings in parts, each a collection of its own, and hands over only those in which something has changed: a thousand diagnostics take the extension host
 * five milliseconds, and a key changes one. A line break changes the place of all that follow, and they wait until nobody types.
 */
export function showFindings(): ShownFindings {
  const collections = Array.from({ length: partCount + 1 }, (_, part) => vscode.languages.createDiagnosticCollection(part === 0 ? "tunesmith" : `tunesmith-${part}`));
  const [summaries, ...parts] = collections;
  const shown = new Map<string, { readonly rest: Rest | undefined; readonly findings: readonly ShownFinding[]; readonly parts: readonly (readonly ShownFinding[])[] }>();
  const moved = new Map<string, NodeJS.Timeout>();
  const forget = (id: string): void => {
    clearTimeout(moved.get(id));
    moved.delete(id);
  };
  const publish = (file: vscode.Uri, check: Pick<Check, "findings" | "omitted"> | undefined): void => {
    const id = file.toString();
    const before = shown.get(id);
    const rest = check && summariseRest(check);
    const findings = check?.findings ?? [];
    const now = { rest, findings, parts: partsOf(findings) };
    if (rest?.message !== before?.rest?.message || rest?.severity !== before?.rest?.severity) summaries?.set(file, rest && [toSummary(rest)]);
    for (const [index, part] of now.parts.entries()) {
      if (!areSame(part, before?.parts[index] ?? [])) parts[index]?.set(file, part.length === 0 ? undefined : part.map((finding) => toDiagnostic(finding, file)));
    }
    if (check) shown.set(id, now);
    else shown.delete(id);
  };
  return {
    show(file, check) {
      const id = file.toString();
      const before = shown.get(id);
      forget(id);
      if (check && before && check.findings.length > 0 && areMoved(check.findings, before.findings)) moved.set(id, setTimeout(() => publish(file, check), pause));
      else publish(file, check);
    },
    dispose() {
      for (const id of [...moved.keys()]) forget(id);
      for (const collection of collections) collection.dispose();
    },
  };
}

function partsOf(findings: readonly ShownFinding[]): readonly (readonly ShownFinding[])[] {
  const parts = Array.from({ length: partCount }, (): ShownFinding[] => []);
  for (const finding of findings) parts[finding.range.start.line % partCount]?.push(finding);
  return parts;
}
