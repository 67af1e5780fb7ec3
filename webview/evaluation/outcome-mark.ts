import type { Verdict } from "../../src/evaluation/verdict.ts";
import { element } from "../ui/element.ts";

const signs = { better: ["▲", "better"], worse: ["▼", "worse"], "cannot-tell": ["?", "cannot tell"] } as const;

/** What a comparison shows: a sign and a word, so that neither colour nor shape alone carries it. */
export function outcomeMark(outcome: Verdict["outcome"]): HTMLElement {
  const [sign, word] = signs[outcome];
  return element("span", { class: `outcome ${outcome}` }, element("span", { text: sign, attributes: { "aria-hidden": "true" } }), ` ${word}`);
}
