import { candidateRows, comparisonsOf, madeWith, namesOf, outcomesOf, verdictOf } from "../report-document.ts";
import type { PlanReport } from "../plan-report.ts";
import type { Report } from "../report.ts";
import { sectionsOf } from "../sections/index.ts";
import type { Reviews } from "../sections/people.ts";
import type { Table } from "../sections/section.ts";
import { count } from "../sections/words.ts";
import { element, type Html } from "./element.ts";
import { intervalPlot } from "./interval-plot.ts";
import { style, styleHash } from "./style.ts";

/** As many records are shown, those first on which the candidates disagree; CSV and JSON Lines have all. */
const mostRecords = 500;
/** As many characters of a text are shown. */
const longestText = 2_000;

/**
 * A report as one page that needs nothing else: no script, no font, no picture, and a policy that lets none be loaded. What models, files and users wrote is text in it,
 * with controls and changes of direction made visible.
 */
export function toHtml(report: Report | PlanReport, reviews?: Reviews): string {
  const names = namesOf(report);
  const { headline, words } = verdictOf(report);
  const { refused } = report.dataset;
  const title = `Evaluation of ${report.dataset.path}`;
  const shown = [...report.records].sort((a, b) => disagreement(outcomesOf(b)) - disagreement(outcomesOf(a)) || a.line - b.line).slice(0, mostRecords);
  const plot = intervalPlot(comparisonsOf(report), names[0] ?? "");
  const page = element("html", { lang: "en" },
    element("head", {},
      element("meta", { charset: "utf-8" }), element("meta", { "http-equiv": "Content-Security-Policy", content: `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'` }),
      element("meta", { name: "viewport", content: "width=device-width" }), element("meta", { name: "referrer", content: "no-referrer" }),
      element("title", {}, title), { html: `<style>${style}</style>` }),
    element("body", {}, element("main", {},
      element("h1", {}, title), element("p", {}, ...(headline === undefined ? [] : [element("strong", {}, `${headline}.`), " "]), words),
      table(candidateRows(report)), ...(plot ? [plot] : []),
      ...sectionsOf(report, reviews).flatMap((section) => [element("h2", {}, section.title), ...section.paragraphs.map((each) => element("p", {}, each)), ...section.tables.map((each) => table(each))]),
      element("h2", {}, "Records"),
      ...(shown.length < report.records.length ? [element("p", {}, `${shown.length} of ${count(report.records.length, "record")}, those first on which the candidates disagree.`)] : []),
      table({ head: ["Line", "Question", "Reference", ...names], rows: shown.map((record) => [String(record.line), record.prompt.at(-1)?.content ?? "", record.reference, ...outcomesOf(record).map((outcome) => ("failure" in outcome ? `No answer: ${outcome.failure}` : `${outcome.right ? "✓" : "✗"} ${outcome.text}`))]) }, "text"),
      ...(refused.length === 0 ? [] : [element("h2", {}, `Left out: ${refused.length}`), element("ul", {}, ...refused.slice(0, mostRecords).map(({ line, reason }) => element("li", {}, `Line ${line}: ${reason}`)))]),
      element("h2", {}, "How it was made"), element("dl", {}, ...madeWith(report).flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])))));
  return `<!doctype html>\n${page.html}\n`;
}

function table({ title, head, rows }: Table, cells?: "text"): Html {
  return element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title ?? head.join(", ") }, element("table", {},
    ...(title === undefined ? [] : [element("caption", {}, title)]),
    element("thead", {}, element("tr", {}, ...head.map((each) => element("th", { scope: "col" }, each)))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((each, index) => (index === 0 ? element("th", { scope: "row" }, each) : element("td", cells ? { class: cells } : {}, cut(each)))))))));
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}… (${text.length.toLocaleString("en")} characters)` : text;
}

/** How far the candidates are from each other on a record: 0 where all are right or all wrong. */
function disagreement(outcomes: ReturnType<typeof outcomesOf>): number {
  const right = outcomes.filter((outcome) => !("failure" in outcome) && outcome.right).length;
  return Math.min(right, outcomes.length - right);
}
