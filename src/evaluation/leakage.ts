import { readConversation } from "../dataset/formats/conversation.ts";
import { fingerprint } from "../dataset/fingerprint.ts";
import type { ChatMessage } from "./model.ts";
import type { Refusal, TestRecord } from "./test-set.ts";

/** Compares a test set with the file that the model was trained on, one training line after the other; memory holds the test set only. */
export interface LeakageCheck {
  addTrainingLine(text: string): void;
  /** The test records whose question the training file asks too, as refusals in the order of their lines. */
  refusals(): readonly Refusal[];
}

/**
 * A test record leaks when a training record asks the same question, whatever it answers. Questions are compared without their system messages
 * and normalised, so that letter case, punctuation and white space make no difference.
 */
export function createLeakageCheck(records: readonly TestRecord[]): LeakageCheck {
  const testLines = new Map<string, number[]>();
  for (const { line, prompt } of records) {
    const key = questionKey(prompt);
    testLines.set(key, [...(testLines.get(key) ?? []), line]);
  }
  const leaked = new Map<number, number>();
  let trainingLine = 0;
  return {
    addTrainingLine(text) {
      trainingLine += 1;
      const conversation = readConversation(text);
      if ("reason" in conversation) return;
      for (const [index, { role }] of conversation.messages.entries()) {
        if (role !== "assistant") continue;
        for (const line of testLines.get(questionKey(conversation.messages.slice(0, index))) ?? []) {
          if (!leaked.has(line)) leaked.set(line, trainingLine);
        }
      }
    },
    refusals: () => [...leaked].sort(([a], [b]) => a - b).map(([line, training]) => ({ line, reason: `the training file asks the same on line ${training}, so a right answer would prove nothing` })),
  };
}

/** Letters and digits alone, in lower case, with single spaces between words. A text without any letter or digit stays as it is. */
export function normaliseQuestion(text: string): string {
  const compatible = text.normalize("NFKC").toLowerCase().normalize("NFKC");
  return compatible.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim() || compatible.trim();
}

function questionKey(messages: readonly ChatMessage[]): string {
  const asked = messages.filter(({ role }) => role !== "system" && role !== "developer");
  return fingerprint(JSON.stringify((asked.length > 0 ? asked : messages).map(({ role, content, tool_calls: calls }) => [role, normaliseQuestion(content), ...(calls ? [calls] : [])])));
}
