import { readConversation } from "../dataset/formats/conversation.ts";
import { fingerprint } from "../dataset/fingerprint.ts";
import type { ChatMessage } from "./model.ts";
import type { TestRecord } from "./test-set.ts";

/** The system messages that a model has learned under; memory holds a fingerprint of each. */
export interface SystemMessages {
  addTrainingLine(text: string): void;
  /** How many records have a system message, or none, under which nothing was learned. */
  countOthers(records: readonly TestRecord[]): number;
}

/** Compares the system messages of test records with those of training lines, white space around them aside. */
export function createSystemMessages(): SystemMessages {
  const learned = new Set<string>();
  return {
    addTrainingLine(text) {
      const conversation = readConversation(text);
      if (!("reason" in conversation)) learned.add(systemOf(conversation.messages));
    },
    countOthers: (records) => (learned.size === 0 ? 0 : records.filter(({ prompt }) => !learned.has(systemOf(prompt))).length),
  };
}

function systemOf(messages: readonly ChatMessage[]): string {
  return fingerprint(messages.filter(({ role }) => role === "system" || role === "developer").map(({ content }) => content.trim()).join("\n"));
}
