import { readConversation, type Conversation } from "../dataset/formats/conversation.ts";
import { unitsOf } from "../dataset/units.ts";
import { attempt } from "./file-error.ts";
import { openSource } from "./read-source.ts";

/** A record whose answers a training on it learns. */
export interface LearnedRecord extends Pick<Conversation, "messages" | "tools"> {
  /** From 0. */
  readonly line: number;
}

/** The chat records of a file, up to a number of them. */
export interface LearnedFile {
  readonly records: readonly LearnedRecord[];
  /** Lines from 0 whose record cannot be read, or has no answer that is learned, and why. */
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
  /** Whether the file has more records than were read. */
  readonly more: boolean;
}

/** Reads the records of a chat dataset, `most` at most. Throws a FileError when it cannot be read. */
export function readLearned(path: string, most: number): LearnedFile {
  const records: LearnedRecord[] = [];
  const refused: { readonly line: number; readonly reason: string }[] = [];
  const source = attempt("read", path, () => openSource(path));
  try {
    for (const { text, line } of unitsOf(source).units) {
      if (text.trim() === "") continue;
      if (records.length === most) return { records, refused, more: true };
      const read = readConversation(text);
      if ("reason" in read) refused.push({ line, reason: read.reason });
      else if (!read.messages.some(({ role, weight = 1 }) => role === "assistant" && weight !== 0)) refused.push({ line, reason: "it has no answer of the assistant that is learned" });
      else records.push({ line, messages: read.messages, ...(read.tools ? { tools: read.tools } : {}) });
    }
    return { records, refused, more: false };
  } finally {
    source.close();
  }
}
