import * as vscode from "vscode";
import { describeModeration, moderateFile, prepareModeration } from "../../evaluating/moderate-file.ts";
import { moderationOfferOf } from "../../providers/moderation-offer.ts";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import type { Aim } from "../../workers/worker-protocol.ts";
import { rootOf } from "../evaluation/root-of.ts";
import { activeFile, isDatasetFile, nameOf } from "../linting/dataset-files.ts";
import { ActionableError } from "../present-error.ts";
import { saveFirst } from "../save-first.ts";
import type { NamedService, Services } from "../services/services.ts";
import { withProgress } from "../with-progress.ts";
import type { FlaggedTexts } from "./flagged-texts.ts";

/** What a check with a moderation model asks; a caller may have answered any of it already. */
export interface ModerationAnswers {
  readonly dataset?: vscode.Uri;
  readonly service?: string;
}

export interface ModerationDependencies {
  readonly services: Services;
  /** What a file is checked for, where somebody chose it: that says where its records have their texts. */
  readonly aimOf: (file: vscode.Uri) => Aim;
  readonly workerFile: URL;
  readonly flagged: FlaggedTexts;
}

/** Has a service judge what the records of a dataset say, on the user's word, and shows what it flags; gives how many texts that are, or undefined when the user turned away. Rejects with an Error for the user. */
export async function moderateDataset({ dataset, service, confirmed = false }: ModerationAnswers & { readonly confirmed?: boolean }, { services, aimOf, workerFile, flagged }: ModerationDependencies): Promise<number | undefined> {
  const file = dataset ?? activeFile();
  if (!file || !isDatasetFile(file)) throw new Error("No dataset is open. Open a JSONL file on disk, or choose Check Content With a Moderation Model on one in the Explorer.");
  const chosen = await chooseService(services, service);
  if (!chosen) return undefined;
  const { named, offer } = chosen;
  if (!(await saveFirst([file.fsPath], confirmed, "A check reads the file on disk."))) return undefined;
  const worker = createDatasetClient(workerFile);
  try {
    const name = nameOf(file);
    const read = await withProgress(`Reading ${name}`, (signal) => worker.readSaidTexts(file.fsPath, aimOf(file), signal));
    const prepared = await prepareModeration(read, named.id, offer.model, rootOf(file));
    if (prepared.ahead.texts > 0 && !confirmed) {
      const { question, detail } = describeModeration(name, prepared, { title: named.title, address: named.baseURL ?? "", free: offer.free });
      if ((await vscode.window.showInformationMessage(question, { modal: true, detail }, "Send")) !== "Send") return undefined;
    }
    const { findings, failed, reason } = await withProgress(`Checking ${name}`, (signal, show) => {
      let shown = 0;
      return moderateFile(prepared, services.open, ({ judged, total }) => {
        show({ message: `${judged.toLocaleString()} of ${total.toLocaleString()} texts`, increment: total === 0 ? 0 : ((judged - shown) * 100) / total });
        shown = judged;
      }, signal);
    });
    await flagged.show(file, findings);
    const lines = new Set(findings.map(({ range }) => range.start.line)).size;
    const found = findings.length === 0 ? `${offer.model} flags nothing in ${name}.` : `${offer.model} flags ${count(findings.length, "text")} on ${count(lines, "line")} of ${name}.`;
    const unread = read.unread.length === 0 ? "" : ` ${count(read.unread.length, "record")} of ${read.records.toLocaleString()} could not be read; the first is in line ${(read.unread[0] ?? 0) + 1}.`;
    if (failed > 0) void vscode.window.showWarningMessage(`${found} ${count(failed, "text")} could not be judged. The first reason: ${reason}${unread}`);
    else void vscode.window.showInformationMessage(found + unread, ...(findings.length > 0 ? ["Show Problems"] : [])).then((pressed) => pressed && vscode.commands.executeCommand("workbench.actions.view.problems"));
    return findings.length;
  } finally {
    worker.dispose();
  }
}

async function chooseService(services: Services, id: string | undefined) {
  const able = services.list().flatMap((named) => {
    const offer = moderationOfferOf(named);
    return offer ? [{ named, offer }] : [];
  });
  if (id !== undefined) {
    const found = able.find(({ named }) => named.id === id);
    if (!found) throw new Error(`${id} is no service with a moderation model.`);
    return found;
  }
  if (able.length === 0) throw new ActionableError("None of your services has a moderation model; OpenAI has one. Add it first.", [{ title: "Add Service", command: "tunesmith.service.add" }]);
  const items = able.map((each) => ({ label: `$(cloud) ${each.named.title}`, description: `${each.offer.model} at ${addressOf(each.named)}`, each }));
  return (await vscode.window.showQuickPick(items, { title: "Check Content With a Moderation Model", placeHolder: "Who judges; you are asked before anything is sent" }))?.each;
}

function addressOf({ baseURL = "" }: NamedService): string {
  return URL.canParse(baseURL) ? new URL(baseURL).host : baseURL;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString()} ${noun}${number === 1 ? "" : "s"}`;
}
