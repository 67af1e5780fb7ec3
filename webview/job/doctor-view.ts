import type { Advice, Gravity } from "../../src/jobs/doctor/advice.ts";
import type { JobOverview } from "../../src/protocol/job-panel.ts";
import { element } from "../ui/element.ts";
import { figure } from "./chart-data.ts";

/** A sign and words, so that neither colour nor shape alone carries how grave it is. */
const marks: Readonly<Record<Gravity, { readonly sign: string; readonly words: string }>> = {
  serious: { sign: "✗", words: "Serious" },
  warning: { sign: "!", words: "Warning" },
  note: { sign: "i", words: "Note" },
  good: { sign: "✓", words: "Good" },
};

/** What the doctor says, the gravest first, and the one change for the next run. `open` holds the advice whose reasons are shown. */
export function doctorView({ advice, change, finished, curves }: JobOverview, open: Set<string>): readonly Node[] {
  const nothing = curves.length === 0 ? "There are no measurements to judge by." : finished ? "Its curves show nothing to worry about." : "Nothing to worry about so far.";
  return [
    element("h2", { text: "Training doctor", attributes: { id: "doctor-title" } }),
    advice.length === 0 ? element("p", { class: "muted", text: nothing }) : element("ul", { class: "advice" }, ...advice.map((each) => adviceItem(each, open))),
    ...(change ? [element("p", { class: "change" }, element("strong", { text: "One change for the next run: " }), change.text, element("small", { class: "muted", text: " Two at once would not tell which of them helped." }))] : []),
  ];
}

function adviceItem({ sign, gravity, title, text, evidence, rule, source }: Advice, open: Set<string>): HTMLElement {
  const mark = marks[gravity];
  const reasons = element("details", { attributes: { open: open.has(sign) }, on: { toggle: () => void (reasons.open ? open.add(sign) : open.delete(sign)) } },
    element("summary", { text: "Why", attributes: { "data-key": `why ${sign}`, "aria-label": `Why: ${title}` } }),
    element("dl", {}, ...evidence.flatMap(({ name, value, step }) => [element("dt", { text: step === undefined ? name : `${name}, step ${step.toLocaleString("en")}` }), element("dd", { text: figure(value) })])),
    element("p", { text: rule }),
    element("p", {}, "Source: ", element("a", { text: source.title, attributes: { href: source.page, "data-key": `source ${sign}` } })));
  return element("li", { class: gravity, attributes: { "data-sign": sign } },
    element("h3", {}, element("span", { class: "mark", text: mark.sign, attributes: { "aria-hidden": "true" } }), element("span", { class: "visually-hidden", text: `${mark.words}: ` }), title),
    element("p", { text }), reasons);
}
