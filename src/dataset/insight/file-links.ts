/** A name of a file that stands in a dataset, by its line from 0 and its characters in UTF-16 units, without its quotes. */
export interface FileLink {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** As the record means it, without escapes. */
  readonly path: string;
}

/** Keys that name files in what people train on: pictures of LLaVA and of chat parts, sounds, videos, documents. */
const named = /"(?:url|image|images|image_path|image_url|file|file_name|filename|path|audio|audio_path|video|video_path|document)"\s*:\s*(\[[^\]{}\n]{1,10000}\]|"(?:[^"\\\n]|\\.){1,1000}")/g;
const text = /"(?:[^"\\\n]|\\.){1,1000}"/g;
const kinds = /\.(?:png|jpe?g|gif|webp|bmp|tiff?|svg|wav|mp3|flac|ogg|m4a|mp4|mov|webm|pdf|txt|md|csv|json|jsonl)$/i;
/** Addresses are links by themselves, and a picture in the record itself is no file. */
const elsewhere = /^(?:[a-z][a-z0-9+.-]+:|\/\/|\\\\)/i;

/** Names of files beside a dataset that its records mention, in the order of the text; at most so many. What is an address, or on another machine, is none. */
export function fileLinks(dataset: string, most: number): readonly FileLink[] {
  const found: FileLink[] = [];
  let line = 0;
  let lineStart = 0;
  for (const { 0: whole, 1: value = "", index } of dataset.matchAll(named)) {
    for (const { 0: quoted, index: within } of value.matchAll(text)) {
      const path = unquoted(quoted);
      if (path === undefined || !kinds.test(path) || elsewhere.test(path)) continue;
      const start = index + whole.length - value.length + within + 1;
      for (let next = dataset.indexOf("\n", lineStart); next >= 0 && next < start; next = dataset.indexOf("\n", lineStart)) {
        line += 1;
        lineStart = next + 1;
      }
      found.push({ line, start: start - lineStart, end: start - lineStart + quoted.length - 2, path });
      if (found.length === most) return found;
    }
  }
  return found;
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
