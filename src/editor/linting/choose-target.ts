import * as vscode from "vscode";
import { nameOfTarget, targetNamed, targets } from "../../dataset/targets/index.ts";
import type { Method, Target } from "../../dataset/targets/target.ts";
import { askSteps, type Step, type StepFrame } from "../multi-step.ts";
import { pick } from "../step-input.ts";
import { activeFile } from "./dataset-files.ts";
import type { LintedDocuments } from "./documents.ts";
import type { TargetChoice } from "./target-choice.ts";

/** What the questions ask for: a provider, and one of its methods. */
interface Answers {
  readonly id?: string;
  readonly method?: Method;
}

/** The methods in words. */
const methods: Readonly<Record<Method, string>> = { sft: "supervised fine-tuning", dpo: "preference tuning", rft: "reinforcement fine-tuning" };

/**
 * Asks for what a file, or without one the active file, is to be checked, unless `name` says it; the choice counts for the file's folder.
 * Throws an Error written for the user when there is no file, or no target of that name.
 */
export async function chooseTarget(file: unknown, name: unknown, choice: TargetChoice, documents: Pick<LintedDocuments, "findTarget">): Promise<void> {
  const uri = file instanceof vscode.Uri ? file : activeFile();
  if (!uri) throw new Error("No dataset is open. Open a JSONL file first: the target is chosen for its folder.");
  const named = targetNamed(name);
  // Menus hand over other things in this place.
  if (typeof name === "string" && !named) throw new Error(`There is no target "${name}". There are ${targets.map(nameOfTarget).join(", ")}.`);
  const target = named ?? (await ask((await documents.findTarget(uri)).target));
  if (target) await choice.choose(uri, target);
}

async function ask(current: Target): Promise<Target | undefined> {
  const steps: Step<Answers>[] = [
    { asks: () => true, ask: (answers, frame) => askProvider(answers, frame, current) },
    { asks: () => true, ask: (answers, frame) => askMethod(answers, frame, current) },
  ];
  const answers = await askSteps<Answers>("Check Datasets For", steps, {});
  return typeof answers === "object" ? targets.find(({ id, method }) => id === answers.id && method === answers.method) : undefined;
}

async function askProvider(answers: Answers, frame: StepFrame, current: Target) {
  const ids = [...new Set(targets.map(({ id }) => id))];
  const items = ids.map((id) => {
    const own = targets.filter((target) => target.id === id);
    return { id, label: marked(own[0]?.provider ?? id, id === current.id), description: own.map(({ method }) => methods[method]).join(", ") };
  });
  const chosen = await pick(frame, "Where is the model tuned?", items, items.find(({ id }) => id === (answers.id ?? current.id)));
  return typeof chosen === "object" ? { ...answers, id: chosen.id } : chosen;
}

async function askMethod(answers: Answers, frame: StepFrame, current: Target) {
  const items = targets.filter(({ id }) => id === answers.id).map((target) => ({
    label: marked(target.title, target === current), description: nameOfTarget(target), detail: `Rules of ${target.source}, read ${target.dated}`, method: target.method,
  }));
  const chosen = await pick(frame, "How is it tuned?", items, items.find(({ method }) => method === current.method));
  return typeof chosen === "object" ? { ...answers, method: chosen.method } : chosen;
}

function marked(label: string, isCurrent: boolean): string {
  return isCurrent ? `$(check) ${label}` : label;
}
