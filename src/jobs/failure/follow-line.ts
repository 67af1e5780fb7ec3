/** An edit of a text by lines and characters from 0, in the text before it. */
export interface LineEdit {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  readonly text: string;
}

/**
 * Where a line may be after an edit: at one place when the edit lies above or below it, else at one of two, if it is there at all. Whoever follows a line looks
 * what stands there.
 */
export function followLine(line: number, { start, end, text }: LineEdit): readonly number[] {
  if (start.line > line) return [line];
  const added = (text.match(/\r\n|\r|\n/g) ?? []).length - (end.line - start.line);
  if (end.line < line || added === 0) return [line + added];
  return [...new Set([line, line + added])].filter((place) => place >= 0);
}
