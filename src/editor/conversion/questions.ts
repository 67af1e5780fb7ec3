import type * as vscode from "vscode";
import { features, type Feature } from "../../dataset/convert/features.ts";
import type { TargetFormat } from "../../dataset/convert/format.ts";
import { findTargetFormat, targetFormats } from "../../dataset/convert/index.ts";
import { readMapping, toMapping, type Mapping, type Role } from "../../dataset/convert/mapping.ts";
import type { FileHead } from "../../workers/look-at-file.ts";
import { askSteps, type Step, type StepFrame } from "../multi-step.ts";
import { enter, pick } from "../step-input.ts";

/** What converting asks; a caller may have answered any of it already. */
export interface ConversionAnswers {
  readonly source?: vscode.Uri;
  /** The id of the format to write. */
  readonly to?: string;
  /** Which column of a table is said by whom, such as `user=text,assistant=category`. */
  readonly map?: string;
  /** The system message of every row of a table. */
  readonly system?: string;
  /** Whether to leave out what the format cannot hold. */
  readonly allowLoss?: boolean;
  readonly out?: vscode.Uri;
}

/** What is converted, and how. */
export interface ConversionChoice {
  readonly target: TargetFormat;
  readonly mapping?: Mapping;
}

const title = "Convert Dataset";

interface Asked {
  readonly target?: TargetFormat;
  readonly columns: ReadonlyMap<Role, string>;
  readonly system?: string;
}

/** Asks for what the answers leave open: the format, and for a table which column is said by whom. Undefined when the user turned away. Throws an Error written for the user. */
export async function askConversion(given: ConversionAnswers, { columns, recognised }: FileHead): Promise<ConversionChoice | undefined> {
  const target = given.to === undefined ? undefined : findTargetFormat(given.to);
  if (given.to !== undefined && !target) throw new Error(`There is no format "${given.to}" to convert to. There are: ${targetFormats.map(({ id }) => id).join(", ")}.`);
  const asksColumns = given.map === undefined && !recognised && columns.length > 0;
  const column = (role: Role, question: string): Step<Asked> => ({ asks: () => asksColumns, ask: (asked, frame) => askColumn(asked, frame, role, question, columns) });
  const steps: Step<Asked>[] = [
    { asks: () => !target, ask: askTarget },
    column("user", "The column with the question"),
    column("assistant", "The column with the answer"),
    { asks: () => asksColumns && (!target || needsPair(target)), ask: (asked, frame) => (asked.target && needsPair(asked.target) ? askColumn(asked, frame, "rejected", "The column with the rejected answer", columns) : Promise.resolve(asked)) },
    { asks: () => asksColumns && given.system === undefined, ask: askSystem },
  ];
  const asked = await askSteps<Asked>(title, steps, { columns: new Map(), ...(target ? { target } : {}), ...(given.system === undefined ? {} : { system: given.system }) });
  if (asked === "back" || asked?.target === undefined) return undefined;
  if (given.map === undefined && asked.columns.size === 0) return { target: asked.target };
  const mapping = given.map === undefined ? toMapping(asked.columns, asked.system) : readMapping(given.map, asked.system);
  if ("reason" in mapping) throw new Error(`The columns cannot be mapped: ${mapping.reason}.`);
  return { target: asked.target, mapping };
}

function needsPair({ id }: TargetFormat): boolean {
  return id === "openai-preference" || id === "trl-preference";
}

async function askTarget(asked: Asked, frame: StepFrame) {
  const items = targetFormats.map((target) => ({ label: target.title, description: target.id, detail: describeHolds(target), target }));
  const chosen = await pick(frame, "The format to write", items);
  return typeof chosen === "object" ? { ...asked, target: chosen.target } : chosen;
}

function describeHolds({ holds }: TargetFormat): string {
  const told: readonly Feature[] = ["tools", "images", "weights", "reasoning", "rejected-answers", "labels"];
  const held = told.filter((feature) => holds.has(feature)).map((feature) => features[feature]);
  return held.length === 0 ? "texts only" : `texts, ${held.join(", ")}`;
}

async function askColumn(asked: Asked, frame: StepFrame, role: Role, question: string, columns: readonly string[]) {
  const taken = [...asked.columns].filter(([other]) => other !== role).map(([, name]) => name);
  const chosen = await pick(frame, question, columns.filter((name) => !taken.includes(name)).map((label) => ({ label })));
  return typeof chosen === "object" ? { ...asked, columns: new Map([...asked.columns, [role, chosen.label]]) } : chosen;
}

async function askSystem(asked: Asked, frame: StepFrame) {
  const text = await enter(frame, "The system message of every record. Leave it empty for none.", asked.system ?? "", () => undefined);
  if (text === undefined || text === "back") return text;
  const { system: _, ...rest } = asked;
  return text.trim() === "" ? rest : { ...rest, system: text };
}
