/** A text that stands in a dataset, for a message: the whole of a short one, the beginning of a long one, whose end its range shows anyway. */
export function shorten(text: string, most = 40): string {
  // Half a character is none.
  return text.length > most ? `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "")}…` : text;
}

/** The same as JSON writes it, in quotation marks. */
export function quote(text: string, most?: number): string {
  return JSON.stringify(shorten(text, most));
}
