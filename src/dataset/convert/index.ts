import type { SourceFormat, TargetFormat } from "./format.ts";
import { alpaca, alpacaPreference, toAlpaca } from "./formats/alpaca.ts";
import { bedrock, toBedrock } from "./formats/bedrock.ts";
import { chat, openaiReinforcement, toOpenaiChat } from "./formats/chat.ts";
import { claude } from "./formats/claude.ts";
import { cohere } from "./formats/cohere.ts";
import { gemini, geminiPreference, toVertex } from "./formats/gemini.ts";
import { mistral, toMistral } from "./formats/mistral.ts";
import { mistralClassifier } from "./formats/mistral-classifier.ts";
import { openaiPreference, toOpenaiPreference } from "./formats/openai-preference.ts";
import { pretokenized } from "./formats/pretokenized.ts";
import { promptCompletion, trlPrompt } from "./formats/prompt-completion.ts";
import { sharegpt, sharegptPreference, toSharegpt } from "./formats/sharegpt.ts";
import { text } from "./formats/text.ts";
import { toTrlPreference, trlPreference } from "./formats/trl-preference.ts";
import { trlStepwise } from "./formats/trl-stepwise.ts";
import { trlUnpaired } from "./formats/trl-unpaired.ts";

/** Every format that records are converted from. */
export const sourceFormats: readonly SourceFormat[] = [
  chat, openaiPreference, openaiReinforcement, promptCompletion, text, sharegpt, sharegptPreference, alpaca, alpacaPreference, trlPreference, trlUnpaired, trlStepwise, trlPrompt, gemini, geminiPreference,
  bedrock, claude, cohere, mistral, mistralClassifier, pretokenized,
];

/** Every format that records are converted to, in the order in which they are offered. */
export const targetFormats: readonly TargetFormat[] = [toOpenaiChat, toOpenaiPreference, toSharegpt, toAlpaca, toVertex, toBedrock, toTrlPreference, toMistral];

/** The target of that id. */
export function findTargetFormat(id: string): TargetFormat | undefined {
  return targetFormats.find((target) => target.id === id);
}
