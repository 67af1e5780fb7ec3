import type * as z from "zod";
import type { Dialogue, TextField } from "../dialogue.ts";
import { property, type Node } from "../json-node.ts";

/** A way to write training records as JSON objects. */
export interface Format<Id extends string = string> {
  readonly id: Id;
  readonly title: string;
  /** A record as short as it can be, for messages and documentation. */
  readonly example: string;
  /** The keys that a record may have. */
  readonly keys: readonly string[];
  /** The keys that a message may have, where the format has messages. */
  readonly messageKeys?: readonly string[];
  /** Formats with the same `family` stand in one file without being mixed. */
  readonly family?: string;
  /** Whether the keys of a record say that it means to be of this format, be it right or not. */
  recognises(record: Node): boolean;
  /** Whether they say so to a target that takes the format, and may mean another format elsewhere. */
  recognisesWhereTaken?(record: Node): boolean;
  /**
   * What has to be where, and of which type; further keys pass. An issue's message is what was expected, in words that end the sentence
   * "expected …"; that a list has to be filled, and what its values mean, rules say.
   */
  readonly schema: z.ZodType;
  /** Its lists of turns. */
  dialogues?(record: Node): readonly Dialogue[];
  /** Its texts outside of them. */
  texts?(record: Node): readonly TextField[];
}

/** Whether a record has one of these keys. */
export function hasAny(record: Node, ...keys: readonly string[]): boolean {
  return keys.some((key) => property(record, key) !== undefined);
}

/** The text under a key, when it is one. */
export function textField(record: Node, name: string, purpose: TextField["purpose"]): readonly TextField[] {
  const node = property(record, name);
  return node?.type === "string" ? [{ name, node, purpose }] : [];
}
