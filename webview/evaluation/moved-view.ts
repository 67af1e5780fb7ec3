import { describeMoved } from "../../src/evaluation/correction/describe-moved.ts";
import type { Overview } from "../../src/protocol/evaluation-panel.ts";
import { element } from "../ui/element.ts";
import { button } from "./parts.ts";
import type { SummaryActions } from "./summary-actions.ts";

/** Says that records of the test file had been moved to training before the report was made. */
export function movedNote({ setting: { dataset: { path, moved } } }: Overview): readonly HTMLElement[] {
  return moved === undefined ? [] : [element("p", { class: "warning", text: describeMoved(path, moved) })];
}

/** Goes on to the next run, once records of this report have been corrected. */
export function nextRun({ corrected }: Overview, actions: SummaryActions): readonly HTMLElement[] {
  return corrected === 0 ? [] : [button(`Start Next Run (${corrected.toLocaleString()} corrected)`, actions.startNextRun, "primary")];
}
