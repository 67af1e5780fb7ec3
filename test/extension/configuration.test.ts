import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { runProgram } from "../support/run-program.ts";
import { diagnosticsOf, ruleOf } from "./diagnostics-of.ts";

const chat = (role: string, question: string): string => JSON.stringify({ messages: [{ role, content: question }, { role: "assistant", content: "Yes." }] });
const faulty = ["", ...Array.from({ length: 10 }, (_, index) => chat("user", `Question ${index}`)), chat("User", "a"), chat("user", "Question 0"), '{"messages": [],}', "{"].join("\n");

describe("tunesmith.jsonc", function () {
  this.timeout(60_000);
  const folder = join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "", "configured");
  const configure = (text: string): Promise<void> => writeFile(join(folder, "tunesmith.jsonc"), text);

  before(async () => {
    await mkdir(folder, { recursive: true });
    for (const name of ["data.jsonl", "viewed.jsonl"]) await writeFile(join(folder, name), faulty);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** What the program that ships with the extension finds, and what the editor shows, in the same words. */
  const found = async () => {
    const program = join(vscode.extensions.getExtension("tunesmith.tunesmith")?.extensionPath ?? "", "dist/cli.js");
    const { stdout, stderr } = await runProgram(program, ["lint", "data.jsonl", "--format", "json"], { cwd: folder, env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" } });
    assert.equal(stderr, "");
    const [file] = (JSON.parse(stdout) as { files: { findings: { rule: string; severity: string; message: string; line: number; column: number; endLine: number; endColumn: number }[] }[] }).files;
    return (file?.findings ?? []).map(({ rule, severity, message, line, column, endLine, endColumn }) => [rule, severity, message, line, column, endLine, endColumn].join(" ")).sort();
  };
  const severities = ["error", "warning", "information", "hint"];
  const shown = (diagnostic: vscode.Diagnostic): string => {
    const { severity, message, range: { start, end } } = diagnostic;
    return [ruleOf(diagnostic), severities[severity], message, start.line + 1, start.character + 1, end.line + 1, end.character + 1].join(" ");
  };
  const shownAs = async (expected: readonly string[], name = "data.jsonl"): Promise<void> => {
    const uri = vscode.Uri.file(join(folder, name));
    const diagnostics = await diagnosticsOf(uri, (all) => all.map(shown).sort().join("\n") === expected.join("\n"));
    assert.deepEqual(diagnostics.map(shown).sort(), expected);
  };

  it("makes the editor and the command line say the same, as it comes, changes and goes", async () => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(join(folder, "data.jsonl")));
    const plain = await found();
    assert.ok(plain.some((finding) => finding.startsWith("blank-line warning")) && plain.some((finding) => finding.startsWith("duplicate-record warning")));
    await shownAs(plain);

    await configure('{\n  // As this project wants it.\n  "rules": { "blank-line": "error", "duplicate-record": "off", "unknown-role": "information" },\n}\n');
    const configured = await found();
    assert.ok(configured.some((finding) => finding.startsWith("blank-line error")) && configured.some((finding) => finding.startsWith("unknown-role information")));
    assert.ok(!configured.some((finding) => finding.startsWith("duplicate-record")));
    await shownAs(configured);

    await configure('{"ignore": ["*.jsonl"]}');
    await shownAs([]);

    await rm(join(folder, "tunesmith.jsonc"));
    await shownAs(plain);
  });

  it("counts for files that are checked from disk, as the record viewer's are", async () => {
    await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.file(join(folder, "viewed.jsonl")), "tunesmith.records");
    const plain = await found();
    await shownAs(plain, "viewed.jsonl");
    await configure('{"rules": {"invalid-json": "off", "blank-line": "error"}}');
    const configured = await found();
    assert.ok(configured.length < plain.length);
    await shownAs(configured, "viewed.jsonl");
    await rm(join(folder, "tunesmith.jsonc"));
    await shownAs(plain, "viewed.jsonl");
  });

  it("says what a file is for that nobody has opened: where it is checked, and where its target is asked for", async () => {
    // A folder outside of the workspace, so that the choice counts for its files only.
    const outside = await mkdtemp(join(tmpdir(), "tunesmith-configured-"));
    try {
      // A further key is refused by OpenAI and taken by TRL.
      const unopened = vscode.Uri.file(join(outside, "unopened.jsonl"));
      await writeFile(unopened.fsPath, Array.from({ length: 10 }, (_, index) => chat("user", `Question ${index}`).replace("{", '{"note": "n", ')).join("\n"));
      const refused = async (): Promise<readonly unknown[]> => {
        await vscode.commands.executeCommand("tunesmith.dataset.check", unopened);
        return vscode.languages.getDiagnostics(unopened).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
      };
      const configuration = join(outside, "tunesmith.jsonc");
      await writeFile(configuration, '{"target": "trl", "method": "sft"}');
      assert.equal((await refused()).length, 0);

      // The questions begin at what counts now, so that accepting them as they are chooses it.
      const asking = { is: true };
      const chosen = Promise.resolve(vscode.commands.executeCommand("tunesmith.target.choose", unopened)).finally(() => (asking.is = false));
      while (asking.is) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        if (asking.is) await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      }
      await chosen;
      await rm(configuration);
      await writeFile(unopened.fsPath, `${chat("user", "a").replace("{", '{"note": "n", ')}\n`);
      assert.equal((await refused()).length, 0);
      await vscode.commands.executeCommand("tunesmith.target.choose", unopened, "openai/sft");
      assert.ok((await refused()).length > 0);
    } finally {
      await rm(outside, { recursive: true, force: true });
    }
  });

  it("is completed and checked in the editor by its schema", async () => {
    await configure('{\n  "rules": { "blank-lines": "off" },\n  \n}\n');
    const document = await vscode.workspace.openTextDocument(join(folder, "tunesmith.jsonc"));
    await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, "jsonc");
    // Until VS Code has read the schema it warns of the comma at the end, which the schema allows.
    await diagnosticsOf(document.uri, (all) => all.length === 1 && /blank-lines is not allowed/.test(all[0]?.message ?? ""));
    const labels = async (at: vscode.Position): Promise<string[]> =>
      (await vscode.commands.executeCommand<vscode.CompletionList>("vscode.executeCompletionItemProvider", document.uri, at)).items.map(({ label }) => (typeof label === "string" ? label : label.label));
    assert.ok((await labels(new vscode.Position(2, 2))).includes("maxWarnings"));
    assert.ok((await labels(new vscode.Position(1, 13))).includes("duplicate-record"));
  });
});
