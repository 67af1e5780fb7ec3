import { open } from "node:fs/promises";
import * as vscode from "vscode";

const scheme = "tunesmith-conversion";
/** Larger files are shown by their beginnings. */
const mostShown = 20e6;
const headLength = 1e6;

/** Documents that nobody can change: what a conversion would write, and what would be lost by it. */
export interface Previews extends vscode.Disposable {
  /** A document of that name; it is forgotten once it is closed. */
  document(name: string, text: string): vscode.Uri;
  /** Shows a file beside what it would become; the beginnings of both when one of them is large. */
  compare(source: vscode.Uri, draft: string, draftName: string, title: string): Promise<void>;
}

/** Gives those documents their text. */
export function createPreviews(): Previews {
  const texts = new Map<string, string>();
  let number = 0;
  const document = (name: string, text: string): vscode.Uri => {
    const uri = vscode.Uri.from({ scheme, path: `/${++number}/${name}` });
    texts.set(uri.toString(), text);
    return uri;
  };
  const registered = vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "This preview is over; convert again to see it.\n" }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => texts.delete(uri.toString())),
  );
  return {
    document,
    async compare(source, draft, draftName, title) {
      const [before, after] = await Promise.all([readHead(source.fsPath), readHead(draft)]);
      const large = !before.whole || !after.whole;
      const right = document(draftName, after.text);
      // What is packed in columns cannot be read as text.
      if (/\.parquet$/i.test(source.path)) return void (await vscode.window.showTextDocument(right));
      const left = large ? document(source.path.split("/").at(-1) ?? "", before.text) : source;
      await vscode.commands.executeCommand("vscode.diff", left, right, `${title}${large ? " (the beginnings)" : ""}`);
    },
    dispose: () => registered.dispose(),
  };
}

/** A file's text, or, of a large one, that of its first lines. */
async function readHead(path: string): Promise<{ readonly text: string; readonly whole: boolean }> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const whole = size <= mostShown;
    const bytes = Buffer.alloc(whole ? size : headLength);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    const end = whole ? bytesRead : bytes.lastIndexOf("\n", bytesRead) + 1 || bytesRead;
    return { text: bytes.toString("utf8", 0, end), whole };
  } finally {
    await file.close();
  }
}
