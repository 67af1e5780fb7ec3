import type { Overview } from "../../src/protocol/evaluation-panel.ts";
import { svgElement } from "../ui/element.ts";

/** An arrow up, an arrow down, or a question mark: the shape says it without the colour. */
export function verdictIcon(outcome: Overview["summary"]["verdict"]["outcome"]): SVGElement {
  const paths = { better: "M12 19V5M5.5 11.5 12 5l6.5 6.5", worse: "M12 5v14M5.5 12.5 12 19l6.5-6.5", "cannot-tell": "M8.5 9a3.5 3.5 0 1 1 5.2 3.1C12.5 12.8 12 13.5 12 15M12 18.4v.2" } as const;
  return svgElement("svg", { class: "verdict-icon", attributes: { viewBox: "0 0 24 24", width: 28, height: 28, "aria-hidden": "true" } }, svgElement("path", { attributes: { d: paths[outcome] } }));
}
