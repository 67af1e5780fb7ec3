import { splitWords, trimEnd } from "./white-space.ts";

/** The tokens of a text as WMT's mteval-v13a has them: sacrebleu's tokenizer "13a". It knows Western punctuation only. */
export function tokenize13a(text: string): string[] {
  let line = trimEnd(text).replaceAll("<skipped>", "").replaceAll("-\n", "").replaceAll("\n", " ");
  if (line.includes("&")) line = line.replaceAll("&quot;", '"').replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  return splitWords(
    ` ${line} `
      .replace(/([{-~[-` -&(-+:-@/])/gu, " $1 ")
      .replace(/([^0-9])([.,])/gu, "$1 $2 ")
      .replace(/([.,])([^0-9])/gu, " $1 $2")
      .replace(/([0-9])(-)/gu, "$1 $2 "),
  );
}
