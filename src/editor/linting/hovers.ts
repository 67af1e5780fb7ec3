import * as vscode from "vscode";
import { toRange, type LintedDocuments } from "./documents.ts";

/**
 * Beside what VS Code shows of a finding, its rule: what is wrong, why it matters and how to mend it. The texts are the rules' own, never the dataset's.
 * The link to the rule's page is the finding's code; in a hover VS Code drops links of foreign schemes.
 */
export function createHovers(documents: LintedDocuments): vscode.HoverProvider {
  return {
    async provideHover(document, position) {
      const { version, findings } = await documents.client.lookAtLines(document.uri.toString(), position.line, position.line);
      if (version !== document.version) return undefined;
      const here = findings.filter((finding) => toRange(finding).contains(position));
      if (here.length === 0) return undefined;
      const [{ ruleFacts }, { linkSource }] = await Promise.all([import("../../dataset/rules/index.ts"), import("../../dataset/rule-page.ts")]);
      const contents = [...new Set(here.map(({ rule }) => rule))].flatMap((id) => {
        const facts = ruleFacts.find((rule) => rule.id === id);
        return facts ? [new vscode.MarkdownString(`**${facts.summary}**\n\n${facts.explanation}\n\nSource: ${linkSource(facts.source)}`)] : [];
      });
      return new vscode.Hover(contents);
    },
  };
}
