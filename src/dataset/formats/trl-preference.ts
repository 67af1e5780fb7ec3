import * as z from "zod";
import { canonical } from "../canonical.ts";
import { readDialogue, type Dialogue } from "../dialogue.ts";
import { property } from "../json-node.ts";
import { message, messageKeys, messages, tools } from "./chat-schema.ts";
import { hasAny, textField, type Format } from "./format.ts";
import { textOrMessages } from "./prompt-completion.ts";

/** Axolotl writes one answer as an object; TRL as a text or a list of messages. */
const answer = z.union([z.string(), messages, message], "a string, or a list of messages");

/**
 * A chosen and a rejected answer, with the prompt of its own (explicit) or at the beginning of both (implicit).
 * Source: TRL, docs/source/dataset_formats.md; Axolotl, `src/axolotl/prompt_strategies/dpo`.
 */
export const trlPreference = {
  id: "trl-preference",
  title: "TRL preference",
  example: '{"prompt": "…", "chosen": "…", "rejected": "…"}',
  keys: ["prompt", "chosen", "rejected", "messages", "tools"],
  messageKeys,
  recognises: (record) => hasAny(record, "chosen", "rejected"),
  schema: z.looseObject({ prompt: textOrMessages.optional(), messages: messages.optional(), chosen: answer, rejected: answer, tools }),
  dialogues(record) {
    const chosen = readDialogue(property(record, "chosen"), "chosen", "answer");
    const rejected = readDialogue(property(record, "rejected"), "rejected", "rejected");
    // A prompt that is a text says in TRL again what answers of messages begin with.
    if (!hasAny(record, "messages") && property(record, "prompt")?.type !== "array") return splitPrompt(chosen, rejected);
    return [...readDialogue(property(record, "prompt"), "prompt", "prompt"), ...readDialogue(property(record, "messages"), "messages", "prompt"), ...chosen, ...rejected];
  },
  texts: (record) => [...textField(record, "prompt", "question"), ...textField(record, "chosen", "answer"), ...textField(record, "rejected", "rejected")],
} as const satisfies Format;

/** Two answers of which each holds the prompt too: it is the messages that both begin with, all but the last at most. */
function splitPrompt(chosen: readonly Dialogue[], rejected: readonly Dialogue[]): readonly Dialogue[] {
  const [one, other] = [chosen[0]?.turns ?? [], rejected[0]?.turns ?? []];
  let shared = 0;
  for (const [index, turn] of one.slice(0, -1).entries()) {
    const opposite = index < other.length - 1 ? other[index] : undefined;
    if (!opposite || canonical(turn.node) !== canonical(opposite.node)) break;
    shared++;
  }
  return [...chosen, ...rejected].flatMap((dialogue): readonly Dialogue[] => [
    ...(shared > 0 ? [{ ...dialogue, part: "prompt" as const, turns: dialogue.turns.slice(0, shared) }] : []),
    { ...dialogue, turns: dialogue.turns.slice(shared) },
  ]);
}
