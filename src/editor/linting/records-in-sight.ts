import * as vscode from "vscode";
import type { RecordOutline } from "../../dataset/insight/record-outline.ts";
import { nameOfTarget } from "../../dataset/targets/index.ts";
import type { LintedDocuments } from "./documents.ts";

/** So many records are outlined: VS Code draws them all, and nobody reads more. */
const mostOutlined = 500;
/** So many lines have a hint at once, more than a screen has. */
const mostHinted = 200;
/** Where lines have more characters than this together, those behind are left out: the text crosses to a worker. */
const mostCharacters = 500_000;

type Documents = Pick<LintedDocuments, "client" | "targetOf">;

/** Hints before the records in sight: how many tokens each has, and who speaks. Only where `tunesmith.inlayHints.enabled` wants them. */
export function createInlayHints(documents: Documents): vscode.InlayHintsProvider & vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const listener = vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("tunesmith.inlayHints") && changed.fire());
  return {
    onDidChangeInlayHints: changed.event,
    async provideInlayHints(document, range, token) {
      if (vscode.workspace.getConfiguration("tunesmith", document).get("inlayHints.enabled") !== true) return [];
      const read = await outline(document, range.start.line, Math.min(range.end.line, range.start.line + mostHinted - 1), documents);
      if (token.isCancellationRequested) return [];
      return read.outlines.flatMap((each, index) => {
        if (!each) return [];
        const hint = new vscode.InlayHint(new vscode.Position(range.start.line + index, 0), `${each.tokens.toLocaleString("en")} ${briefly(each.roles)}`);
        hint.paddingRight = true;
        hint.tooltip = `${each.tokens.toLocaleString("en")} tokens of ${read.counted.encoding}${read.counted.exact ? "" : ", an estimate for this target"}: ${each.roles.join(", ")}`;
        return [hint];
      });
    },
    dispose: () => vscode.Disposable.from(changed, listener).dispose(),
  };
}

/** The outline of a dataset: its first records and their messages, and how many more there are. */
export function createOutline(documents: Documents): vscode.DocumentSymbolProvider {
  return {
    async provideDocumentSymbols(document) {
      const { outlines } = await outline(document, 0, Math.min(document.lineCount, mostOutlined) - 1, documents);
      const symbols = outlines.flatMap((each, line) => (each ? [symbolOf(each, line, document.lineAt(line).range)] : []));
      const left = document.lineCount - outlines.length - (document.lineAt(document.lineCount - 1).text === "" ? 1 : 0);
      const last = document.lineAt(document.lineCount - 1).range;
      return left > 0 ? [...symbols, new vscode.DocumentSymbol(`${left.toLocaleString("en")} more lines are not outlined`, "Browse Records shows all of them", vscode.SymbolKind.Null, last, last)] : symbols;
    },
  };
}

function symbolOf({ title, tokens, parts }: RecordOutline, line: number, range: vscode.Range): vscode.DocumentSymbol {
  const symbol = new vscode.DocumentSymbol(`${line + 1} ${title}`, `${tokens.toLocaleString("en")} tokens`, vscode.SymbolKind.Object, range, range);
  symbol.children = parts.map(({ name, text, start, end }) => {
    const own = new vscode.Range(line, start, line, end);
    // VS Code refuses a symbol without a name.
    return new vscode.DocumentSymbol(name || "(no name)", text, vscode.SymbolKind.String, own, own);
  });
  return symbol;
}

async function outline(document: vscode.TextDocument, first: number, last: number, { client, targetOf }: Documents): ReturnType<LintedDocuments["client"]["outlineRecords"]> {
  const lines: string[] = [];
  let characters = 0;
  for (let line = first; line <= Math.min(last, document.lineCount - 1) && characters < mostCharacters; line++) {
    const { text } = document.lineAt(line);
    lines.push(text);
    characters += text.length;
  }
  return client.outlineRecords(lines, nameOfTarget(targetOf(document.uri).target));
}

/** `s u a` for system, user, assistant; of many speakers the first ones and how many more there are. */
function briefly(roles: readonly string[]): string {
  const most = 8;
  const letters = roles.slice(0, most).map((role) => role.charAt(0));
  return roles.length > most ? `${letters.join(" ")} +${roles.length - most}` : letters.join(" ");
}
