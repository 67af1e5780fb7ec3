/** A longer text is no label, and is not looked through. */
const longest = 500;

/** A label as it is compared: NFC, lower case, without white space, quotes, emphasis and full stops around it. */
export function foldLabel(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length > longest) return trimmed;
  return trimmed.normalize("NFC").replaceAll(/^[\s"'“”‘’`*.]+|[\s"'“”‘’`*.]+$/g, "").toLowerCase() || trimmed;
}
