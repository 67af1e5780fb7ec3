import type { ShownAnalysis } from "../../src/protocol/evaluation-panel.ts";
import { element } from "../ui/element.ts";
import { card, paragraph, row } from "./parts.ts";

/** What the report says in sentences and tables: of a judge, a guard-rail set, the break-even. */
export function sectionsView({ sections }: Pick<ShownAnalysis, "sections">): readonly HTMLElement[] {
  return sections.map(({ title, paragraphs, tables }) => card(title, ...paragraphs.map(paragraph), ...tables.map((table) => element("div", { class: "scroll", attributes: { tabindex: 0, role: "region", "aria-label": `Table: ${table.title ?? title}` } },
    element("table", { class: "figures" },
      element("caption", table.title === undefined ? { class: "visually-hidden", text: title } : { text: table.title }),
      element("thead", {}, row("th", "col", table.head[0] ?? "", ...table.head.slice(1))),
      element("tbody", {}, ...table.rows.map(([first = "", ...rest]) => row("td", "row", first, ...rest))))))));
}
