import { existsSync } from "node:fs";
import * as vscode from "vscode";
import { version } from "../../../package.json";
import type { Shape } from "../../dataset/shape/shape.ts";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import type { Shaped } from "../../workers/shape/shape-files.ts";
import { activeFile, documentOf, isDatasetFile, nameOf } from "../linting/dataset-files.ts";
import { askSteps, type Step } from "../multi-step.ts";
import { enter, pick } from "../step-input.ts";
import { withProgress } from "../with-progress.ts";
import { shapeQuestions, type ShapeQuestion } from "./shape-questions.ts";

/** What shaping asks; a caller may have answered any of it already. */
export interface ShapeAnswers {
  readonly dataset?: vscode.Uri;
  readonly kind?: Shape["kind"];
  /** What the kind asks for, such as the percentages of a split. */
  readonly answer?: string;
  /** The other files of a merge. */
  readonly others?: readonly vscode.Uri[];
  /** Whether a split keeps back what a list beside the dataset names, and writes that list where it is not there. */
  readonly frozen?: boolean;
  /** Whether it is written without a look at what it comes to. */
  readonly confirmed?: boolean;
}

interface Answered extends ShapeAnswers {
  readonly dataset: vscode.Uri;
}

/**
 * Makes datasets of a dataset beside it, such as NAME.train.jsonl and NAME.validation.jsonl, once the user has seen how many records each would have. Gives what was
 * written, or undefined when the user turned away. Rejects with an Error for the user.
 */
export async function shapeDataset({ dataset = activeFile(), ...given }: ShapeAnswers, workerFile: URL): Promise<readonly vscode.Uri[] | undefined> {
  if (!dataset || !isDatasetFile(dataset)) throw new Error("No dataset on disk is open. Open a JSONL file, or choose the command on one in the Datasets view.");
  const answers = await askSteps(given.kind === "split" ? "Split Dataset" : "Shape Dataset", steps, { dataset, ...given });
  const question = shapeQuestions.find(({ kind }) => kind === (answers !== "back" ? answers?.kind : undefined));
  if (answers === undefined || answers === "back" || !question) return undefined;
  const inputs = [dataset, ...(answers.others ?? [])];
  const unsaved = inputs.find((input) => documentOf(input)?.isDirty);
  if (unsaved) throw new Error(`${nameOf(unsaved)} has changes that are not saved, and the file on disk is what is read. Save it first.`);
  const text = answers.answer ?? question.value;
  const outs = question.outs(text).map((name) => vscode.Uri.joinPath(dataset, "..", nameOf(dataset).replace(/(\.[^.]+)$/, `.${name}$1`)));
  const shape = question.shape(text);
  const request = { inputs: inputs.map(({ fsPath }) => fsPath), shape: shape.kind === "split" && answers.frozen === true ? { ...shape, frozen: frozenList(dataset).fsPath } : shape, outs: outs.map(({ fsPath }) => fsPath), provenance: { at: new Date().toISOString(), version } };
  const client = createDatasetClient(workerFile);
  const run = (title: string, isPreview: boolean): Promise<Shaped> => withProgress(`${title} ${nameOf(dataset)}`, (signal, show) => client.shapeFiles({ ...request, isPreview }, signal, (share) => show({ message: `${Math.round(share * 100)} %` })));
  try {
    if (!answers.confirmed && !(await confirm(question, outs, await run("Looking at", true)))) return undefined;
    await run("Writing from", false);
  } finally {
    client.dispose();
  }
  // Nobody waits until the message is read.
  void vscode.window.showInformationMessage(`${listed(outs.map(nameOf))} ${outs.length > 1 ? "are" : "is"} written.`, "Open").then((word) => word && outs[0] && vscode.commands.executeCommand("vscode.open", outs[0]));
  return outs;
}

const steps: readonly Step<Answered>[] = [
  {
    asks: ({ kind }) => kind === undefined,
    async ask(answers, frame) {
      const chosen = await pick(frame, "What is to be made of the dataset?", shapeQuestions.map((question) => ({ label: question.label, detail: question.detail, chosen: question.kind })));
      return typeof chosen === "object" ? { ...answers, kind: chosen.chosen } : chosen;
    },
  },
  {
    asks: ({ answer, kind }) => answer === undefined && (kind === undefined || shapeQuestions.some((each) => each.kind === kind && each.prompt !== undefined)),
    async ask(answers, frame) {
      const question = shapeQuestions.find(({ kind }) => kind === answers.kind);
      if (question?.prompt === undefined) return answers;
      const answer = await enter(frame, question.prompt, question.value, question.refuse);
      return answer === undefined || answer === "back" ? answer : { ...answers, answer };
    },
  },
  {
    asks: ({ frozen, kind }) => frozen === undefined && (kind === undefined || kind === "split"),
    async ask(answers, frame) {
      if (answers.kind !== "split") return answers;
      const list = frozenList(answers.dataset);
      const isThere = existsSync(list.fsPath);
      const frozen = { label: isThere ? `Those that ${nameOf(list)} lists` : "The same ones from now on", detail: isThere ? "Records that have come since are learned from" : `Lists them in ${nameOf(list)}, as hashes, so that records that come later do not change what is tested`, chosen: true };
      const byChance = { label: "By chance, with a fixed seed", detail: "The same for the same records", chosen: false };
      const chosen = await pick(frame, "Which records are kept back?", isThere ? [frozen, byChance] : [byChance, frozen]);
      return typeof chosen === "object" ? { ...answers, frozen: chosen.chosen } : chosen;
    },
  },
  {
    asks: ({ others, kind }) => others === undefined && (kind === undefined || kind === "merge"),
    async ask(answers) {
      if (answers.kind !== "merge") return answers;
      const others = await vscode.window.showOpenDialog({ title: `Merge With ${nameOf(answers.dataset)}`, openLabel: "Merge", canSelectMany: true, filters: { "JSON Lines": ["jsonl", "jsonlines", "ndjson"] }, defaultUri: vscode.Uri.joinPath(answers.dataset, "..") });
      return others ? { ...answers, others } : undefined;
    },
  },
];

/** The list of what is kept back of a dataset, beside it. */
function frozenList(dataset: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(dataset, "..", nameOf(dataset).replace(/(\.[^.]+)?$/, ".frozen"));
}

const mostTold = 6;

/** Shows what would be written, and asks whether it is. */
async function confirm({ label }: ShapeQuestion, outs: readonly vscode.Uri[], { records, parts }: Shaped): Promise<boolean> {
  const replaced = outs.filter(({ fsPath }) => existsSync(fsPath)).map(nameOf);
  const told = parts.flatMap(({ records: written, strata }, place) => {
    const labels = strata.slice(0, mostTold).map(([name, number]) => `${name === "" ? "(none)" : name} ${number.toLocaleString("en")}`);
    const more = strata.length - labels.length;
    return [`${nameOf(outs[place] ?? outs[0] as vscode.Uri)}: ${written.toLocaleString("en")} of ${records.toLocaleString("en")} records`, ...(labels.length > 0 ? [`  ${labels.join(", ")}${more > 0 ? `, … ${more} more labels` : ""}`] : [])];
  });
  const warning = replaced.length > 0 ? ["", `${listed(replaced)} ${replaced.length > 1 ? "are" : "is"} there, and what is in ${replaced.length > 1 ? "them" : "it"} now is lost.`] : [];
  const word = replaced.length > 0 ? "Replace" : "Write";
  return (await vscode.window.showInformationMessage(`${label}: write ${listed(outs.map(nameOf))}?`, { modal: true, detail: [...told, ...warning].join("\n") }, word)) === word;
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat("en").format(names);
}
