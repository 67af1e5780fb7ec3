import { getLocation } from "jsonc-parser";
import type { JsoncPath, Stretch } from "./jsonc-stretch.ts";

/** Something that can stand at a place of a file of settings. */
export interface Suggestion {
  readonly kind: "service" | "model" | "file" | "cluster" | "name" | "value";
  readonly label: string;
  /** The JSON that is written. */
  readonly insert: string;
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
}

export interface Completion {
  /** What is replaced. */
  readonly stretch: Stretch;
  readonly suggestions: readonly Suggestion[];
}

/** A place where something can be written. */
export interface CompletionPlace {
  readonly path: JsoncPath;
  /** Whether a key can stand there, else a value. */
  readonly isKey: boolean;
  /** What a suggestion replaces: the key or value that was begun there, or nothing. */
  readonly stretch: Stretch;
}

/** What can be written at an offset of a text, which need be no JSON yet. */
export function placeOf(text: string, offset: number): CompletionPlace {
  const { path, isAtPropertyKey: isKey, previousNode } = getLocation(text, offset);
  const written = previousNode && previousNode.offset <= offset && offset <= previousNode.offset + previousNode.length ? previousNode : undefined;
  return { path, isKey, stretch: written ? { offset: written.offset, length: written.length } : { offset, length: 0 } };
}
