/** A longer text is no label, and is not looked through. */
const longest = 500;

const folded = /^[a-z\d][a-z\d_ -]*$/;

/** A label as it is compared: NFC, lower case, without white space, quotes, emphasis and full stops around it. */
export function foldLabel(text: string): string {
  const trimmed = text.trim();
  // Most labels are folded as they are, and a test file has many.
  if (trimmed.length > longest || folded.test(trimmed)) return trimmed;
  return trimmed.normalize("NFC").replaceAll(/^[\s"'“”‘’`*.]+|[\s"'“”‘’`*.]+$/g, "").toLowerCase() || trimmed;
}
