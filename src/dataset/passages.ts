import { callsTools, describeTurn, textsOf, type Speaker } from "./dialogue.ts";
import { elements, property, type Node } from "./json-node.ts";
import type { DatasetRecord } from "./record.ts";

/** One text of a record: what a message says, one of its parts, or a field such as a completion. */
export interface Passage {
  readonly node: Node;
  readonly text: string;
  /** What it is to the training; `context` is the assistant's where it is not learnt, `text` is raw text to go on with. */
  readonly purpose: "system" | "question" | "answer" | "rejected" | "context" | "tool" | "text";
  /** Where it stands, in words: `message 2`, `output`. */
  readonly where: string;
  /** Whether the trainer sets it in a chat template; the texts of prompts and completions, and raw text, stand as they are. */
  readonly templated: boolean;
  /** Whether the message calls a tool besides. */
  readonly calls: boolean;
  /** Whether the message, or the field, holds nothing else. */
  readonly alone: boolean;
}

/** Made once for all rules that look at texts. */
const known = new WeakMap<DatasetRecord, readonly Passage[]>();

/** The texts of a record whose format the target takes, in their order. Any of them may be blank. */
export function passagesOf(record: DatasetRecord): readonly Passage[] {
  let passages = known.get(record);
  if (!passages) {
    passages = readPassages(record);
    known.set(record, passages);
  }
  return passages;
}

function readPassages({ dialogues, texts, format }: DatasetRecord): readonly Passage[] {
  const fields = texts.map(({ node, name, purpose }): Passage => ({ node, text: String(node.value), purpose, where: `"${name}"`, templated: purpose === "system" || format === "alpaca" || format === "alpaca-preference", calls: false, alone: true }));
  const turns = dialogues.flatMap((dialogue) => dialogue.turns.flatMap((turn) => {
    const purpose = purposeOf(turn.speaker, dialogue.part, property(turn.node, "weight")?.value === 0);
    const calls = callsTools(turn);
    return textsOf(turn).map((node): Passage => ({ node, text: String(node.value), purpose, where: describeTurn(dialogue, turn), templated: true, calls, alone: turn.content?.type === "string" || elements(turn.content).length === 1 }));
  }));
  return [...fields, ...turns];
}

function purposeOf(speaker: Speaker | undefined, part: "conversation" | "prompt" | "answer" | "rejected", untrained: boolean): Passage["purpose"] {
  if (speaker === "assistant") return part === "rejected" ? "rejected" : part === "prompt" || untrained ? "context" : "answer";
  if (speaker === "tool" || speaker === "function") return "tool";
  return speaker === "system" || speaker === "developer" ? "system" : "question";
}
