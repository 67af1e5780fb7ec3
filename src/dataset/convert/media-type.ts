const byEnding: Readonly<Record<string, string>> = {
  jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png", gif: "image/gif", webp: "image/webp",
  mp4: "video/mp4", mov: "video/quicktime", mkv: "video/x-matroska", webm: "video/webm",
  mp3: "audio/mpeg", wav: "audio/wav", pdf: "application/pdf",
};

/** The media type that the ending of an address shows, such as `image/png`. */
export function mediaTypeOf(address: string): string | undefined {
  const [path = ""] = address.split(/[?#]/);
  return ofEnding(/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? "");
}

/** Whether something of a media type is looked at, watched, heard or read. */
export function kindOfMedia(mediaType: string): "image" | "video" | "audio" | "document" {
  const [kind] = mediaType.split("/");
  return kind === "image" || kind === "video" || kind === "audio" ? kind : "document";
}

/** The name that Bedrock gives a media type, such as `jpeg` for `image/jpeg`. */
export function bedrockFormatOf(mediaType: string): string {
  const special: Readonly<Record<string, string>> = { "video/quicktime": "mov", "video/x-matroska": "mkv" };
  return special[mediaType] ?? mediaType.slice(mediaType.indexOf("/") + 1);
}

/** The media type of what Bedrock calls by a format's name. */
export function mediaTypeOfBedrock(kind: "image" | "video" | "document", format: string): string {
  return ofEnding(format) ?? `${kind === "document" ? "application" : kind}/${format}`;
}

function ofEnding(ending: string): string | undefined {
  return Object.hasOwn(byEnding, ending) ? byEnding[ending] : undefined;
}
