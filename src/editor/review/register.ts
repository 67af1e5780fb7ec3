import * as vscode from "vscode";
import type { Verdict } from "../../dataset/review/entry.ts";
import { statusTitles, type ReviewStatus } from "../../dataset/review/status.ts";
import { registerCommand } from "../commands.ts";
import { activeFile, isDatasetFile, nameOf } from "../linting/dataset-files.ts";
import type { PresentError } from "../present-error.ts";
import { reviewerName } from "./reviewer.ts";
import { createReviews, type Reviews } from "./reviews.ts";
import { showThreads, type ReviewComment } from "./threads.ts";

export interface ReviewDependencies {
  readonly workerFile: URL;
  readonly presentError: PresentError;
}

/** Comments on records: approve, reject, discuss. */
export function registerReview({ workerFile, presentError }: ReviewDependencies): { readonly reviews: Reviews; readonly disposable: vscode.Disposable } {
  const reviews = createReviews(workerFile, presentError);
  const say = (verdict?: Verdict) => async (given?: unknown): Promise<void> => sayOf(given, verdict, reviews);
  const disposable = vscode.Disposable.from(
    reviews,
    showThreads(reviews, reviewerName),
    registerCommand("tunesmith.review.approve", say("approved"), presentError),
    registerCommand("tunesmith.review.reject", say("rejected"), presentError),
    registerCommand("tunesmith.review.comment", say(), presentError),
    registerCommand("tunesmith.review.withdraw", async (comment) => {
      const { dataset, entry } = (comment ?? {}) as Partial<ReviewComment>;
      if (dataset && entry) await reviews.withdraw(dataset, entry);
    }, presentError),
    registerCommand("tunesmith.review.show", async (given) => showReviewed(given instanceof vscode.Uri ? given : activeFile(), reviews), presentError),
  );
  return { reviews, disposable };
}

/** Says something in a thread, by VS Code's reply; or of the record at the cursor, for which a comment is asked. */
async function sayOf(given: unknown, verdict: Verdict | undefined, reviews: Reviews): Promise<void> {
  const reply = given as Partial<vscode.CommentReply> | undefined;
  if (reply?.thread) {
    const { thread, text = "" } = reply;
    if (verdict === undefined && text.trim() === "") throw new Error("There is nothing to say yet. Write it first, or approve or reject the record.");
    const document = await vscode.workspace.openTextDocument(thread.uri);
    await reviews.say(document, thread.range?.start.line ?? 0, { ...(verdict ? { verdict } : {}), ...(text.trim() === "" ? {} : { text: text.trim() }) });
    // A thread that VS Code has made for the reply has nothing of its own; what was said is shown in one that knows its record.
    if (thread.comments.length === 0) thread.dispose();
    return;
  }
  const editor = vscode.window.activeTextEditor;
  if (!editor || !isDatasetFile(editor.document.uri)) throw new Error("No dataset is open as text. Open a JSONL file, and put the cursor on a record.");
  const { line } = editor.selection.active;
  const text = verdict ? "" : await vscode.window.showInputBox({ title: `Comment on Line ${line + 1}`, prompt: "What is right or wrong about this record" });
  if (text === undefined || (verdict === undefined && text.trim() === "")) return;
  await reviews.say(editor.document, line, { ...(verdict ? { verdict } : {}), ...(text.trim() === "" ? {} : { text: text.trim() }) });
}

const icons: Readonly<Record<ReviewStatus, string>> = { rejected: "error", earlier: "history", discussed: "comment-discussion", approved: "pass" };
const order = Object.keys(icons) as readonly ReviewStatus[];

/** Lists the records of which something was said, by what was made of them, and goes to the chosen one. */
async function showReviewed(dataset: vscode.Uri | undefined, reviews: Reviews): Promise<void> {
  if (!dataset || !isDatasetFile(dataset)) throw new Error("No dataset on disk is open. Open a JSONL file, or choose the command on one in the Datasets view.");
  const { reviewed, gone, records, unreadable } = await reviews.read(dataset);
  if (reviewed.length === 0 && gone.length === 0) {
    void vscode.window.showInformationMessage(`Nothing was said yet of the ${records.toLocaleString("en")} records of ${nameOf(dataset)}. Put the cursor on a record and choose Approve Record, Reject Record or Comment on Record.`);
    return;
  }
  const items: (vscode.QuickPickItem & { readonly line?: number })[] = order.flatMap((status) => {
    const own = reviewed.filter((record) => record.status === status);
    return own.length === 0 ? [] : [
      { label: statusTitles[status], kind: vscode.QuickPickItemKind.Separator },
      ...own.map(({ line, entries }) => ({ line, label: `$(${icons[status]}) Line ${line + 1}`, description: statusTitles[status], detail: entries.map(({ by, verdict, text }) => `${by}: ${[verdict, text].filter(Boolean).join(", ")}`).join("; ") })),
    ];
  });
  const rest = [...(gone.length > 0 ? [`${gone.length} on records that are gone`] : []), ...(unreadable > 0 ? [`${unreadable} lines cannot be read`] : [])];
  const chosen = await vscode.window.showQuickPick(items, { title: `Reviewed Records of ${nameOf(dataset)}`, placeHolder: [`${reviewed.length.toLocaleString("en")} of ${records.toLocaleString("en")} records`, ...rest].join("; "), matchOnDescription: true, matchOnDetail: true });
  if (chosen?.line === undefined) return;
  const place = new vscode.Position(chosen.line, 0);
  await vscode.window.showTextDocument(dataset, { selection: new vscode.Range(place, place) });
}
