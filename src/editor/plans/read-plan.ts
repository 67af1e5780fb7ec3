import { resolve } from "node:path";
import * as vscode from "vscode";
import { stretchOf, type Stretch } from "../../dataset/jsonc-stretch.ts";
import { lookAroundPlan } from "../../evaluating/look-around-plan.ts";
import { checkPlan } from "../../evaluation/plan-file/check.ts";
import { filesOf } from "../../evaluation/plan-file/files.ts";
import { parsePlan } from "../../evaluation/plan-file/parse.ts";
import type { PlanFile } from "../../evaluation/plan-file/schema.ts";
import type { PlanService } from "../../evaluation/plan-file/surroundings.ts";
import { ActionableError } from "../present-error.ts";
import { saveFirst } from "../save-first.ts";

/** A plan as it is on disk, after what the editor has of it and of its files was saved, with what is doubtful of it; undefined when the user turned away. `servicesFor` gives the services of the settings, with what is known of those that the plan names. Rejects with an Error for the user when it cannot be run. */
export async function readPlan(uri: vscode.Uri, servicesFor: (ids: readonly string[]) => Promise<readonly PlanService[]>, agreed: boolean): Promise<{ readonly plan: PlanFile; readonly doubts: readonly string[] } | undefined> {
  if (uri.scheme !== "file") throw new Error(`An evaluation plan needs a file on disk, and ${uri.toString()} is not. Save it first.`);
  const document = await vscode.workspace.openTextDocument(uri);
  const read = parsePlan(document.getText());
  if ("faults" in read) throw refusal(document, read.faults[0], read.faults[0]?.message ?? "");
  const plan = read.value;
  const problems = checkPlan(plan, await lookAroundPlan(plan, uri.fsPath, await servicesFor(plan.candidates.map(({ service }) => service))));
  const errors = problems.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first) throw refusal(document, stretchOf(read.tree, first.path, first.key ? "key" : "value"), `${first.message}${errors.length > 1 ? ` And ${errors.length - 1} more.` : ""}`);
  const named = filesOf(plan).map(({ written }) => resolve(uri.fsPath, "..", written));
  if (!(await saveFirst([uri.fsPath, ...named], agreed, "An evaluation reads the files on disk."))) return undefined;
  return { plan, doubts: problems.filter(({ severity }) => severity === "warning").map(({ message }) => message) };
}

function refusal(document: vscode.TextDocument, stretch: Stretch | undefined, message: string): Error {
  const place = document.positionAt(stretch?.offset ?? 0);
  return new ActionableError(`${vscode.workspace.asRelativePath(document.uri)}, line ${place.line + 1}: ${message}`, [{ title: "Show", command: "vscode.open", arguments: [document.uri, { selection: new vscode.Range(place, place) }] }]);
}
