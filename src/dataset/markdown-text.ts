/** A text on one line in which nothing is Markdown: names, messages and datasets are others' words, and may hold pictures that call home. */
export function plain(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_{}[\]<>()#+!|~&]/g, "\\$&");
}
