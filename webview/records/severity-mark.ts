import type { Severity } from "../../src/dataset/finding.ts";
import { element } from "../ui/element.ts";

/** A sign and a word, so that neither colour nor shape alone carries it. */
export function severityMark(severity: Severity): HTMLElement {
  return element("span", { class: `mark ${severity}` }, element("span", { text: signs[severity], attributes: { "aria-hidden": "true" } }), element("span", { class: "visually-hidden", text: severity }));
}

const signs: Readonly<Record<Severity, string>> = { error: "✗", warning: "!", information: "i", hint: "·" };
