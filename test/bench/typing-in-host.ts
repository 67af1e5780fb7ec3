import { writeFileSync } from "node:fs";
import { Session, type Profiler } from "node:inspector/promises";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";

/** What one round of typing took in the extension host, in milliseconds for each key. */
export interface TypedRound {
  readonly name: string;
  /** From one key to the next, all that ran while a function of Tunesmith was on the stack: what it calls of VS Code is counted with it. */
  readonly own: readonly number[];
  /** All that the extension host did meanwhile, VS Code's own work included. */
  readonly all: readonly number[];
}

export interface TypingReport {
  readonly characters: number;
  readonly openedAfter: number;
  readonly rounds: readonly TypedRound[];
  /** From a key that breaks or repairs a record until VS Code has the diagnostics, the pause after the last key included. */
  readonly untilFound: readonly number[];
}

/** Keys come as from quick typing, in bursts; in milliseconds. */
const rhythm = { key: 100, burst: 10, rest: 700 };
const keys = 60;

/** Types in a large dataset, samples the extension host's stack meanwhile, and writes what was found. */
export async function run(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  await vscode.workspace.getConfiguration("workbench").update("editorLargeFileConfirmation", 1024, vscode.ConfigurationTarget.Global);
  const file = vscode.Uri.file(join(folder, "chat.jsonl"));
  const began = performance.now();
  const document = await vscode.workspace.openTextDocument(file);
  const editor = await vscode.window.showTextDocument(document);
  await found(file, () => vscode.languages.getDiagnostics(file).length > 0);
  const openedAfter = performance.now() - began;
  const middle = Math.floor(document.lineCount / 2);
  const toContent = (line: number): void => {
    const character = document.lineAt(line).text.indexOf('"content":"') + '"content":"'.length;
    editor.selection = new vscode.Selection(line, character, line, character);
    editor.revealRange(editor.selection);
  };

  const rounds: TypedRound[] = [];
  toContent(middle);
  rounds.push(await sample("letters within a text", () => vscode.commands.executeCommand("type", { text: "a" })));
  editor.selection = new vscode.Selection(middle, 0, middle, 0);
  let broken = false;
  rounds.push(await sample("a comma at the end of a record and away again", () => {
    broken = !broken;
    const { end } = document.lineAt(middle).range;
    editor.selection = new vscode.Selection(end, end);
    return broken ? vscode.commands.executeCommand("type", { text: "," }) : vscode.commands.executeCommand("deleteLeft");
  }));
  toContent(2);
  rounds.push(await sample("line breaks at the start, which move all lines", () => {
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    return vscode.commands.executeCommand("type", { text: "\n" });
  }));

  const untilFound: number[] = [];
  for (let round = 0; round < 10; round++) {
    await delay(rhythm.rest);
    const line = Math.floor(document.lineCount / 3);
    const { end } = document.lineAt(line).range;
    const before = vscode.languages.getDiagnostics(file).map(({ range }) => range.start.line).includes(line);
    editor.selection = new vscode.Selection(end, end);
    const pressed = performance.now();
    await (before ? vscode.commands.executeCommand("deleteLeft") : vscode.commands.executeCommand("type", { text: "," }));
    await found(file, () => vscode.languages.getDiagnostics(file).map(({ range }) => range.start.line).includes(line) !== before);
    untilFound.push(performance.now() - pressed);
  }
  const report: TypingReport = { characters: document.getText().length, openedAfter, rounds, untilFound };
  writeFileSync(join(dirname(process.env["TUNESMITH_TEST_REPORT"] ?? "."), "typing.json"), JSON.stringify(report));
  writeFileSync(process.env["TUNESMITH_TEST_COUNTS"] ?? "", JSON.stringify({ passed: 1, failed: 0 }));
}

/** Resolves once `expected` holds, which is asked whenever the diagnostics of the file change. */
function found(file: vscode.Uri, expected: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      if (!expected()) return;
      listener.dispose();
      resolve();
    };
    const listener = vscode.languages.onDidChangeDiagnostics(({ uris }) => uris.some((uri) => uri.toString() === file.toString()) && settle());
    settle();
  });
}

/** Presses keys and says what ran in the extension host between one and the next. */
async function sample(name: string, press: (index: number) => Thenable<unknown>): Promise<TypedRound> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 100 });
  await session.post("Profiler.start");
  const began = performance.now();
  const pressed: number[] = [];
  for (let index = 0; index < keys; index++) {
    pressed.push(performance.now() - began);
    await press(index);
    await delay(rhythm.key);
    if ((index + 1) % rhythm.burst === 0) await delay(rhythm.rest);
  }
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  return { name, ...spent(profile, pressed) };
}

/** The time in functions of Tunesmith, and in any, from one moment to the next. */
function spent(profile: Profiler.Profile, moments: readonly number[]): Pick<TypedRound, "own" | "all"> {
  const dist = join(vscode.extensions.getExtension("tunesmith.tunesmith")?.extensionPath ?? "", "dist");
  const owned = new Map<number, boolean>();
  const idle = new Set<number>();
  const parents = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const isOwn = (id: number): boolean => {
    const known = owned.get(id);
    if (known !== undefined) return known;
    const parent = parents.get(id);
    const own = (nodes.get(id)?.callFrame.url.includes(dist) ?? false) || (parent !== undefined && isOwn(parent));
    owned.set(id, own);
    return own;
  };
  for (const { id, callFrame: { functionName } } of profile.nodes) if (functionName === "(idle)" || functionName === "(program)") idle.add(id);
  const own = moments.map(() => 0);
  const all = moments.map(() => 0);
  let at = 0;
  let place = 0;
  for (const [index, id] of (profile.samples ?? []).entries()) {
    const delta = (profile.timeDeltas?.[index] ?? 0) / 1000;
    at += delta;
    while (place + 1 < moments.length && (moments[place + 1] ?? Infinity) <= at) place++;
    if (isOwn(id)) own[place] = (own[place] ?? 0) + delta;
    if (!idle.has(id)) all[place] = (all[place] ?? 0) + delta;
  }
  return { own, all };
}

