import type { Turn } from "./dialogue.ts";
import { elements, property, type Node } from "./json-node.ts";

/** A picture, video, sound or file in a message. */
export interface Medium {
  /** The part of the content that holds it. */
  readonly node: Node;
  readonly kind: "image" | "video" | "audio" | "file";
  /** The string with its address, or with its bytes in base64. */
  readonly address: Node | undefined;
  /** Whether the address stands where an object with it should: `"image_url": "https://…"`. */
  readonly bare: boolean;
  /** Whether the address is nothing but base64, its type standing beside it. */
  readonly inline: boolean;
  /** The type that stands beside the address: Nova's `format`, Gemini's `mimeType`. */
  readonly type: Node | undefined;
}

/** What a message holds beside text, in the ways of all formats. */
export function mediaOf({ content }: Turn): readonly Medium[] {
  return elements(content).flatMap((part) => mediumOf(part) ?? []);
}

function mediumOf(node: Node): Medium | undefined {
  const plain = { node, bare: false, inline: false, type: undefined };
  const link = property(node, "image_url");
  if (link) return { ...plain, kind: "image", bare: link.type === "string", address: link.type === "string" ? link : text(property(link, "url")) };
  for (const kind of ["image", "video"] as const) {
    const block = property(node, kind);
    if (block?.type === "object" && property(block, "source")) return { ...plain, kind, address: text(property(property(property(block, "source"), "s3Location"), "uri")), type: text(property(block, "format")) };
  }
  const stored = property(node, "fileData") ?? property(node, "file_data");
  const file = stored ?? property(node, "inlineData") ?? property(node, "inline_data");
  if (file?.type === "object") {
    const type = text(property(file, "mimeType") ?? property(file, "mime_type"));
    const address = stored ? property(file, "fileUri") ?? property(file, "file_uri") : property(file, "data");
    return { node, bare: false, inline: !stored, kind: kindOf(String(type?.value)), address: text(address), type };
  }
  switch (property(node, "type")?.value as unknown) {
    case "image":
      return { ...plain, kind: "image", address: undefined };
    case "input_audio":
      return { ...plain, kind: "audio", address: undefined };
    case "file":
      return { ...plain, kind: "file", address: undefined };
    default:
      return undefined;
  }
}

function text(node: Node | undefined): Node | undefined {
  return node?.type === "string" ? node : undefined;
}

function kindOf(mediaType: string): Medium["kind"] {
  const [kind] = mediaType.split("/");
  return kind === "image" || kind === "video" || kind === "audio" ? kind : "file";
}
