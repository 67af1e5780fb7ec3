import type { Row } from "../../src/protocol/records-viewer.ts";
import { element } from "../ui/element.ts";
import { severityMark } from "./severity-mark.ts";

/** The content of a row of the list: line, finding, who speaks and what. A row that is on its way has its line only, where that is known. */
export function rowView(row: Row | undefined, line: number | undefined): readonly (Node | string)[] {
  return [
    element("span", { class: "number", text: line === undefined ? "…" : (line + 1).toLocaleString() }),
    row?.mark ? severityMark(row.mark.severity) : element("span", { class: "mark" }),
    element("span", { class: "role", text: row?.role ?? "" }),
    row && row.text === "" && row.role === undefined ? element("em", { class: "excerpt muted", text: "blank line" }) : element("span", { class: "excerpt", text: row?.text ?? "" }),
    ...(row?.mark ? [element("span", { class: "rule", text: row.mark.rule })] : []),
  ];
}
