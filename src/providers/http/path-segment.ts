import { ProviderError } from "../../jobs/provider.ts";

/** A text as one part of a path, which cannot reach another path. Throws a ProviderError of the kind `invalid` for what a URL would take for a way up. */
export function toSegment(text: string): string {
  if (text === "" || /^\.{1,2}$/.test(text)) throw new ProviderError("invalid", `"${text}" names nothing that could be asked for.`);
  return encodeURIComponent(text);
}

/** A name of several parts, such as `accounts/acme/models/one`. */
export function toSegments(text: string): string {
  return text.split("/").map(toSegment).join("/");
}
