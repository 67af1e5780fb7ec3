import type { Node } from "../json-node.ts";
import { alpaca } from "./alpaca.ts";
import { alpacaPreference } from "./alpaca-preference.ts";
import { bedrock } from "./bedrock.ts";
import { chat } from "./chat.ts";
import { claude } from "./claude.ts";
import { cohere } from "./cohere.ts";
import type { Format } from "./format.ts";
import { gemini } from "./gemini.ts";
import { geminiPreference } from "./gemini-preference.ts";
import { mistral } from "./mistral.ts";
import { mistralClassifier } from "./mistral-classifier.ts";
import { openaiPreference } from "./openai-preference.ts";
import { openaiReinforcement } from "./openai-reinforcement.ts";
import { pretokenized } from "./pretokenized.ts";
import { promptCompletion } from "./prompt-completion.ts";
import { sharegpt } from "./sharegpt.ts";
import { sharegptPreference } from "./sharegpt-preference.ts";
import { text } from "./text.ts";
import { trlPreference } from "./trl-preference.ts";
import { trlPrompt } from "./trl-prompt.ts";
import { trlStepwise } from "./trl-stepwise.ts";
import { trlUnpaired } from "./trl-unpaired.ts";

/** Every format that Tunesmith knows, the more particular before the more general: the first that recognises a record names its format. */
const known = [
  openaiPreference,
  geminiPreference,
  gemini,
  sharegptPreference,
  sharegpt,
  alpacaPreference,
  alpaca,
  trlPreference,
  trlStepwise,
  trlUnpaired,
  promptCompletion,
  pretokenized,
  mistralClassifier,
  mistral,
  bedrock,
  claude,
  cohere,
  openaiReinforcement,
  chat,
  trlPrompt,
  text,
] as const;

export type FormatId = (typeof known)[number]["id"];

export const formats: readonly Format<FormatId>[] = known;

const byId: ReadonlyMap<FormatId, Format<FormatId>> = new Map(formats.map((format) => [format.id, format]));

/** The format that the keys of a record show, if any; with the formats that are taken, where keys are looked at that may mean something else. */
export function recogniseFormat(record: Node, taken: readonly FormatId[] = []): FormatId | undefined {
  return formats.find((format) => format.recognises(record) || (format.recognisesWhereTaken?.(record) && taken.includes(format.id)))?.id;
}

/** A format by its id. */
export function findFormat(id: FormatId): Format<FormatId> {
  const found = byId.get(id);
  if (!found) throw new RangeError(`There is no format "${id}".`);
  return found;
}

/** The name of a format as users know it. */
export function formatTitle(id: FormatId): string {
  return findFormat(id).title;
}

/** Whether records of two formats may stand in one file. */
export function sameFamily(a: FormatId, b: FormatId): boolean {
  if (a === b) return true;
  const { family } = findFormat(a);
  return family !== undefined && family === findFormat(b).family;
}
