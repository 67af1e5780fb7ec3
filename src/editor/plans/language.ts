import * as vscode from "vscode";
import { placeOf } from "../../dataset/jsonc-completion.ts";
import { valueAt } from "../../dataset/jsonc-stretch.ts";
import { lookAroundPlan } from "../../evaluating/look-around-plan.ts";
import { checkPlan } from "../../evaluation/plan-file/check.ts";
import { completePlan, serviceAt } from "../../evaluation/plan-file/complete.ts";
import { explainPlan } from "../../evaluation/plan-file/explain.ts";
import { planFileEnding } from "../../evaluation/plan-file/file-name.ts";
import { parsePlan } from "../../evaluation/plan-file/parse.ts";
import type { PlanService } from "../../evaluation/plan-file/surroundings.ts";
import type { JsoncLanguage } from "../jsonc-files/language.ts";
import type { KnownModels } from "../services/known-models.ts";

/** The services that plans can name, with the models of those that were asked. */
export type PlanModels = Pick<KnownModels, "ask" | "onDidChange"> & { services(): Promise<readonly PlanService[]> };

/** What the editor can say of evaluation plans. */
export function planLanguage(known: PlanModels): JsoncLanguage {
  return {
    name: "plan", ending: planFileEnding, read: parsePlan, onDidChange: known.onDidChange,
    async problems(document) {
      const read = parsePlan(document.getText());
      return "faults" in read ? [] : checkPlan(read.value, await lookAroundPlan(read.value, document.uri.fsPath, await known.services()));
    },
    async complete(document, offset, files) {
      const text = document.getText();
      const service = serviceAt(text, offset);
      if (service !== undefined && placeOf(text, offset).path[2] === "model") await known.ask(service);
      // VS Code's own JSON offers what the schema has; to offer it twice helps nobody.
      return completePlan(text, offset, { services: await known.services(), files, metrics: vscode.extensions.getExtension("vscode.json-language-features") === undefined });
    },
    async explain(document, path) {
      const { tree } = parsePlan(document.getText());
      const id = path[0] === "candidates" ? valueAt(tree, [...path.slice(0, 2), "service"]) : undefined;
      return explainPlan(path, valueAt(tree, path), (await known.services()).find((each) => each.id === id));
    },
  };
}
