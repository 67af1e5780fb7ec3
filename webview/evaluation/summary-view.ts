import type { Overview } from "../../src/protocol/evaluation-panel.ts";
import { element, svgElement, type Child } from "../ui/element.ts";
import { intervalChart } from "../ui/interval-chart.ts";
import { interval, isDefined, moment, percent, points, probability, signedNumber, unbroken } from "./format.ts";

/** What the panel can be asked to do, apart from the table. */
export interface SummaryActions {
  openReport(): void;
  exportReport(): void;
  evaluateAgain(): void;
}

/** The part of the panel above the table of records: verdict, rates, difference, counts, and what they rest on. */
export function summaryView(overview: Overview, actions: SummaryActions): readonly Node[] {
  return [
    head(overview, actions),
    verdict(overview),
    element("div", { class: "cards" }, accuracies(overview), difference(overview), counts(overview)),
    element("div", { class: "notes" }, howSure(overview), settings(overview)),
  ];
}

function head({ setting, summary }: Overview, actions: SummaryActions): HTMLElement {
  const { models, dataset, createdAt } = setting;
  const records = summary.answered + summary.unanswered;
  return element(
    "header", { class: "head" },
    element(
      "div", {},
      element("h1", { text: `Evaluation of ${models.tuned}` }),
      element("p", { class: "muted" }, "against its base ", strong(models.base), ` on ${records.toLocaleString()} ${records === 1 ? "record" : "records"} of `, strong(dataset.path), `, ${moment(createdAt)}`),
    ),
    element(
      "div", { class: "actions" },
      summary.unanswered > 0 ? button("Ask what is missing", actions.evaluateAgain, "primary") : undefined,
      button("Open JSON", actions.openReport),
      button("Export…", actions.exportReport),
    ),
  );
}

function verdict({ summary }: Overview): HTMLElement {
  const { outcome, headline, words } = summary.verdict;
  return element(
    "section", { class: `verdict ${outcome}`, attributes: { "aria-labelledby": "verdict" } },
    verdictIcon(outcome),
    element("div", {}, element("h2", { text: headline, attributes: { id: "verdict" } }), element("p", { text: unbroken(words) })),
  );
}

/** An arrow up, an arrow down, or a question mark: the shape says it without the colour. */
function verdictIcon(outcome: Overview["summary"]["verdict"]["outcome"]): SVGElement {
  const paths = { better: "M12 19V5M5.5 11.5 12 5l6.5 6.5", worse: "M12 5v14M5.5 12.5 12 19l6.5-6.5", "cannot-tell": "M8.5 9a3.5 3.5 0 1 1 5.2 3.1C12.5 12.8 12 13.5 12 15M12 18.4v.2" } as const;
  return svgElement("svg", { class: "verdict-icon", attributes: { viewBox: "0 0 24 24", width: 28, height: 28, "aria-hidden": "true" } }, svgElement("path", { attributes: { d: paths[outcome] } }));
}

function accuracies({ summary }: Overview): HTMLElement {
  const rows = [{ name: "Tuned", tone: "tuned", ...summary.tuned }, { name: "Base", tone: "base", ...summary.base }] as const;
  const level = `${summary.confidence * 100} %`;
  const describe = (row: (typeof rows)[number]): string => `${row.name} ${percent(row.rate)}, ${level} interval ${percent(row.low)} to ${percent(row.high)}`;
  return card(
    "Accuracy",
    summary.answered === 0 ? undefined : intervalChart({
      rows: rows.map((row) => ({ ...row, point: row.rate })), from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1],
      description: `Accuracy. ${rows.map(describe).join("; ")}.`, format: (value) => `${value * 100} %`,
    }),
    element("table", { class: "figures" },
      element("caption", { class: "visually-hidden", text: "Accuracy of both models" }),
      element("thead", {}, row("th", "col", "Model", "Right", "Accuracy", `${level} interval`)),
      element("tbody", {}, ...rows.map((each) => row("td", "row", each.name, `${each.right} of ${each.n}`, percent(each.rate), interval(each.low, each.high)))),
    ),
  );
}

/** Axes of the difference whose halves are round numbers too. */
const reaches = [0.1, 0.2, 0.4, 0.6, 0.8] as const;

function difference({ summary }: Overview): HTMLElement {
  const { difference: point, low, high } = summary.difference;
  const reach = reaches.find((each) => Math.max(Math.abs(low), Math.abs(high)) <= each) ?? 1;
  const level = `${summary.confidence * 100} %`;
  return card(
    "Difference, tuned minus base",
    summary.answered === 0 ? undefined : intervalChart({
      rows: [{ name: "Tuned − base", point, low, high, tone: "difference" }], from: -reach, to: reach, ticks: [-reach, -reach / 2, 0, reach / 2, reach], mark: 0,
      description: `Difference ${points(point)}, ${level} interval ${points(low)} to ${points(high)}; ${low > 0 || high < 0 ? "the interval excludes zero" : "the interval includes zero"}.`,
      format: (value) => signedNumber(value * 100).replace(".0", ""),
    }),
    definitions([
      ["Difference", points(point)],
      [`${level} interval (Newcombe)`, isDefined(low) ? `${signedNumber(low * 100)} to ${signedNumber(high * 100)}` : "undefined"],
      ["Exact McNemar p", probability(summary.p)],
    ]),
  );
}

function counts({ summary }: Overview): HTMLElement {
  const { both, only_candidate, only_baseline, neither } = summary.counts;
  const cell = (count: number, kind: string, label: string): HTMLElement => element("td", { class: kind, attributes: { "data-label": label } }, element("b", { text: count.toLocaleString() }), element("span", { text: label }));
  const heading = (scope: string, text: string): HTMLElement => element("th", { text, attributes: { scope } });
  return card(
    "Record by record",
    element("table", { class: "counts" },
      element("caption", { class: "visually-hidden", text: "How often each model was right on the same record" }),
      element("thead", {}, element("tr", {}, element("td", { attributes: { "aria-hidden": "true" } }), heading("col", "Base right"), heading("col", "Base wrong"))),
      element("tbody", {},
        element("tr", {}, heading("row", "Tuned right"), cell(both, "same", "both right"), cell(only_candidate, "won", "only tuned right")),
        element("tr", {}, heading("row", "Tuned wrong"), cell(only_baseline, "lost", "only base right"), cell(neither, "same", "neither right")),
      ),
    ),
    summary.unanswered > 0 ? element("p", { class: "warning", text: `${summary.unanswered} of ${summary.answered + summary.unanswered} records ${summary.unanswered === 1 ? "has" : "have"} no answer from one model or both, and ${summary.unanswered === 1 ? "is" : "are"} counted nowhere above.` }) : undefined,
  );
}

function howSure({ summary, metric }: Overview): HTMLElement {
  const level = `${summary.confidence * 100} %`;
  return details(
    "How sure is this?",
    paragraph(metric.explanation),
    paragraph(`A rate from ${summary.answered} records is only near the true one. The intervals of the two accuracies are Wilson's: ${level} of such intervals hold the true rate.`),
    paragraph(`Both models answered the same records, so only the ${summary.counts.only_candidate + summary.counts.only_baseline} on which they differ tell them apart. The interval of the difference is Newcombe's for pairs, and the p-value is the exact McNemar test's: the chance of a split at least this uneven if both models were equally good.`),
    paragraph("The verdict is better or worse only when that interval excludes zero and p is below 0.05. Otherwise it is “cannot tell”, with an estimate of how many more records would show a difference of this size four times out of five."),
  );
}

function settings({ setting, provider, metric }: Overview): HTMLElement {
  const { models, options, dataset, training } = setting;
  return details(
    "Settings",
    definitions([
      ["Provider", provider], ["Tuned model", models.tuned], ["Base model", models.base], ...(models.job ? [["Job", models.job] as const] : []), ["Metric", metric.title],
      ["Temperature", String(options.temperature)], ["Maximum tokens", String(options.maximumTokens)], ...(options.seed === undefined ? [] : [["Seed", String(options.seed)] as const]),
      ["Date", moment(setting.createdAt)], ["Test file", dataset.path], ["SHA-256", dataset.sha256],
      ["Training file", training ? `${training.path}: no record of it is tested` : "not known, so it was not checked for test records"],
    ]),
    dataset.refused.length === 0 ? undefined : element("div", {},
      element("h3", { text: `${dataset.refused.length} ${dataset.refused.length === 1 ? "line is" : "lines are"} not evaluated` }),
      element("ul", {}, ...dataset.refused.slice(0, 50).map(({ line, reason }) => element("li", { text: `Line ${line}: ${reason}.` })), dataset.refused.length > 50 ? element("li", { text: `${dataset.refused.length - 50} more are in the JSON.` }) : undefined)),
  );
}

function card(title: string, ...children: readonly Child[]): HTMLElement {
  return element("section", { class: "card" }, element("h2", { text: title }), ...children);
}

function details(title: string, ...children: readonly Child[]): HTMLElement {
  return element("details", {}, element("summary", { text: title }), ...children);
}

function definitions(entries: readonly (readonly [string, string])[]): HTMLElement {
  return element("dl", {}, ...entries.flatMap(([term, value]) => [element("dt", { text: term }), element("dd", { text: value })]));
}

function row(kind: "td" | "th", firstScope: "row" | "col", first: string, ...rest: readonly string[]): HTMLElement {
  return element("tr", {}, element("th", { text: first, attributes: { scope: firstScope } }), ...rest.map((text) => element(kind, { text, attributes: { scope: kind === "th" ? "col" : undefined } })));
}

function paragraph(text: string): HTMLElement {
  return element("p", { text });
}

function strong(text: string): HTMLElement {
  return element("strong", { text });
}

function button(text: string, act: () => void, appearance: "primary" | "secondary" = "secondary"): HTMLElement {
  return element("vscode-button", { text, attributes: { appearance, "data-key": text }, on: { click: act } });
}
