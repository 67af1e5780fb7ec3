import type { FormatId } from "../formats/index.ts";
import type { Conversation } from "./conversation.ts";
import type { Feature } from "./features.ts";
import type { Json } from "./json-text.ts";
import type { Lose } from "./loss.ts";
import type { ObjectReader } from "./record-reader.ts";

/** A format that records are converted from. */
export interface SourceFormat {
  readonly id: FormatId;
  /** Reads a whole record; keys that it does not take are left over. Throws a Refusal for what can be converted under no circumstances. */
  read(record: ObjectReader): Conversation;
}

/** A format that records are converted to. */
export interface TargetFormat {
  /** What `--to` names it. */
  readonly id: string;
  readonly title: string;
  /** Where the format is described, for people. */
  readonly source: string;
  /** Ids of the formats whose records are of this format already, and stay as they are. */
  readonly same: readonly FormatId[];
  readonly holds: ReadonlySet<Feature>;
  /**
   * Writes a conversation that has nothing but what the format holds. What its form cannot hold besides is told as lost.
   * Throws a Refusal for what it cannot write under any circumstances.
   */
  write(conversation: Conversation, lose: Lose): Json;
}
