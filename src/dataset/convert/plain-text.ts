import type { Turn } from "./conversation.ts";

/** What a turn says as one text, for formats without parts. */
export function plainText({ parts }: Turn): string {
  return parts.flatMap((part) => (part.kind === "text" ? [part.text] : [])).join("\n");
}

/** A turn that says a text. */
export function sayText(speaker: Turn["speaker"], path: string, text: string): Turn {
  return { speaker, path, parts: [{ kind: "text", path, text }] };
}
