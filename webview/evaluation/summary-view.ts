import type { Overview, ShownAnalysis } from "../../src/protocol/evaluation-panel.ts";
import { element } from "../ui/element.ts";
import { intervalChart } from "../ui/interval-chart.ts";
import { interval, moment, percent, unbroken } from "./format.ts";
import { labelsView } from "./labels-view.ts";
import { metricsView } from "./metrics-view.ts";
import { howSure, settings } from "./notes-view.ts";
import { counts, difference } from "./pair-view.ts";
import { button, card, row, strong } from "./parts.ts";
import { movedNote, nextRun } from "./moved-view.ts";
import { planView } from "./plan-view.ts";
import { sectionsView } from "./sections-view.ts";
import { slicesView } from "./slices-view.ts";
import type { SummaryActions } from "./summary-actions.ts";
import { usageView } from "./usage-view.ts";
import { verdictIcon } from "./verdict-icon.ts";

/** The part of the panel above the table of records: verdict, rates, difference, counts, and what they rest on. */
export function summaryView(overview: Overview, analysis: ShownAnalysis | undefined, actions: SummaryActions): readonly Node[] {
  if (overview.plan) return planView(overview, overview.plan, analysis, actions);
  return [
    head(overview, actions),
    ...movedNote(overview),
    verdict(overview),
    element("div", { class: "cards" }, accuracies(overview), difference(overview), counts(overview)),
    ...metricsView(overview, analysis), ...usageView(overview, analysis),
    ...(analysis ? [...sectionsView(analysis), ...slicesView(overview, analysis, actions), ...labelsView(overview, analysis, actions)] : []),
    element("div", { class: "notes" }, howSure(overview), settings(overview)),
  ];
}

function head(overview: Overview, actions: SummaryActions): HTMLElement {
  const { setting, summary } = overview;
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
      ...nextRun(overview, actions),
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
