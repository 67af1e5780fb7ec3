import type { Source } from "./source.ts";
import { onOneLine, unitsOf } from "./units.ts";

/** The records of a source, each as one line with its break, whatever array or line breaks they stood in. Blank lines are left out. */
export function* toJsonLines(source: Pick<Source, "lines">): Generator<string> {
  for (const { text } of unitsOf(source).units) if (text.trim() !== "") yield `${onOneLine(text)}\n`;
}
