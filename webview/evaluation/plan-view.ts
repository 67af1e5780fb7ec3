import type { CandidateRow, PlanOverview } from "../../src/evaluation/reader/overview.ts";
import type { Overview, ShownAnalysis } from "../../src/protocol/evaluation-panel.ts";
import { element, type Child } from "../ui/element.ts";
import { intervalChart } from "../ui/interval-chart.ts";
import { isDefined, moment, points, probability, signedNumber, unbroken } from "./format.ts";
import { labelsView } from "./labels-view.ts";
import { againstOf, differenceOf, meanOf } from "./metrics-view.ts";
import { movedNote, nextRun } from "./moved-view.ts";
import { howSure, settings } from "./notes-view.ts";
import { outcomeMark } from "./outcome-mark.ts";
import { counts, difference, reachOf } from "./pair-view.ts";
import { button, card, strong } from "./parts.ts";
import { sectionsView } from "./sections-view.ts";
import { slicesView } from "./slices-view.ts";
import type { SummaryActions } from "./summary-actions.ts";
import { usageCells, usageHeadings } from "./usage-view.ts";
import { verdictIcon } from "./verdict-icon.ts";

/** The part of the panel above the table of records for the report of a plan: what won, every candidate by every metric, and two of them beside each other. */
export function planView(overview: Overview, plan: PlanOverview, analysis: ShownAnalysis | undefined, actions: SummaryActions): readonly Node[] {
  return [
    head(overview, plan, actions),
    ...movedNote(overview),
    whatWon(plan),
    candidates(overview, plan, analysis),
    differences(plan),
    chooser(plan, actions),
    element("div", { class: "cards" }, difference(overview), counts(overview)),
    ...chosenLate(plan),
    ...(analysis ? [...sectionsView(analysis), ...slicesView(overview, analysis, actions), ...labelsView(overview, analysis, actions)] : []),
    element("div", { class: "notes" }, howSure(overview), settings(overview)),
  ];
}

function head(overview: Overview, { file, candidates: all }: PlanOverview, actions: SummaryActions): HTMLElement {
  const { setting: { dataset, createdAt }, summary } = overview;
  const records = summary.answered + summary.unanswered;
  return element("header", { class: "head" },
    element("div", {},
      element("h1", { text: `Evaluation of ${file.split("/").at(-1) ?? file}` }),
      element("p", { class: "muted" }, `${all.length} candidates on ${records.toLocaleString()} ${records === 1 ? "record" : "records"} of `, strong(dataset.path), `, ${moment(createdAt)}`)),
    element("div", { class: "actions" },
      all.some(({ unanswered }) => unanswered > 0) ? button("Ask what is missing", actions.evaluateAgain, "primary") : button("Run Again", actions.evaluateAgain),
      ...nextRun(overview, actions),
      button("Open JSON", actions.openReport),
      button("Export…", actions.exportReport)));
}

function whatWon({ words, candidates: all }: PlanOverview): HTMLElement {
  const outcomes = all.flatMap(({ comparison }) => comparison?.outcome ?? []);
  const outcome = outcomes.includes("better") ? "better" : outcomes.includes("worse") ? "worse" : "cannot-tell";
  return element("section", { class: `verdict ${outcome}`, attributes: { "aria-labelledby": "verdict" } }, verdictIcon(outcome), element("div", {}, element("h2", { text: words, attributes: { id: "verdict" } })));
}

function candidates({ metric, setting: { also = [] } }: Overview, { candidates: all }: PlanOverview, analysis: ShownAnalysis | undefined): HTMLElement {
  const others = analysis?.metrics.slice(1) ?? [];
  const first = analysis?.metrics[0]?.title ?? metric.title;
  const heading = (text: string, title?: string): HTMLElement => element("th", { text, attributes: { scope: "col", title } });
  return card("Candidates", element("div", { class: "scroll", attributes: { tabindex: 0, role: "region", "aria-label": "Table of candidates" } },
    element("table", { class: "figures candidates" },
      element("caption", { class: "visually-hidden", text: "Every candidate by every metric, each against the first" }),
      element("thead", {}, element("tr", {}, heading("Candidate"), heading(first, metric.explanation), ...others.map(({ title, explanation }) => heading(title, explanation)), ...(analysis ? usageHeadings.map(([text, title]) => heading(text, title)) : []))),
      element("tbody", {}, ...all.map((candidate, index) => element("tr", {},
        element("th", { attributes: { scope: "row" } }, candidate.name, element("small", { class: "muted", text: howAsked(candidate) })),
        element("td", {}, ...byFirstMetric(candidate)),
        ...others.map(({ candidates: measured, kind }) => element("td", {}, ...byMetric(measured[index], kind))),
        ...usageOf(analysis, index),
      ))),
    )), ...(also.length > 0 && !analysis ? [element("p", { class: "muted", text: "Working out the other metrics…" })] : []));
}

function byFirstMetric({ accuracy: { rate, low, high, right, n }, unanswered, comparison }: CandidateRow): readonly Child[] {
  const missing = unanswered === 0 ? [] : [element("small", { class: "warning", text: `${unanswered.toLocaleString()} without an answer` })];
  const verdict = comparison
    ? [outcomeMark(comparison.outcome), " ", element("small", { text: `${differenceOf(comparison.difference.difference, comparison.difference.low, comparison.difference.high, "pass-fail")}, ${comparison.conversations === undefined ? "McNemar" : "Wilcoxon"} p ${probability(comparison.adjusted)} (Holm)` })]
    : [element("span", { class: "muted", text: "baseline" })];
  return [element("div", {}, ...meanOf({ mean: rate, low, high }, "pass-fail"), " ", element("small", { class: "muted", text: `${right.toLocaleString()} of ${n.toLocaleString()}` })), element("div", {}, ...verdict), ...missing];
}

function byMetric(measured: Parameters<typeof againstOf>[0], kind: Parameters<typeof againstOf>[1]): readonly Child[] {
  return measured ? [element("div", {}, ...meanOf(measured, kind)), element("div", {}, ...againstOf(measured, kind))] : [];
}

function usageOf(analysis: ShownAnalysis | undefined, index: number): readonly Child[] {
  const usage = analysis?.usage[index];
  return usage ? usageCells(usage) : [];
}

/** Who answers, and in which way it is asked. */
function howAsked({ model, service, tuned, fewShot, retrieval }: CandidateRow): string {
  const ways = [tuned ? "tuned" : "", fewShot === undefined ? "" : `${fewShot} example${fewShot === 1 ? "" : "s"}`, retrieval === undefined ? "" : `${retrieval} nearest example${retrieval === 1 ? "" : "s"}`].filter((way) => way !== "");
  return [`${model} at ${service}`, ...ways].join(", ");
}

function differences({ candidates: all }: PlanOverview): HTMLElement {
  const compared = all.flatMap(({ name, comparison }) => (comparison && isDefined(comparison.difference.difference) ? [{ name, ...comparison.difference }] : []));
  const reach = reachOf(compared.flatMap(({ low, high }) => [low, high]));
  return card(`Difference to ${all[0]?.name ?? "the first"}`, compared.length === 0 ? element("p", { class: "muted", text: "No record was answered by two." }) : intervalChart({
    rows: compared.map(({ name, difference: point, low, high }) => ({ name, point, low, high, tone: "difference" })), from: -reach, to: reach, ticks: [-reach, -reach / 2, 0, reach / 2, reach], mark: 0,
    description: `Differences to the first candidate with 95 % intervals. ${compared.map(({ name, difference: point, low, high }) => `${name} ${points(point)}, ${points(low)} to ${points(high)}`).join("; ")}.`,
    format: (value) => signedNumber(value * 100).replace(".0", ""),
  }));
}

/** Two lists of candidates: whoever is chosen in one cannot be in the other, and changes places with it. */
function chooser({ candidates: all, pair: [base, candidate] }: PlanOverview, actions: SummaryActions): HTMLElement {
  const list = (label: string, chosen: number, choose: (index: number) => void): HTMLElement => element("label", {}, element("span", { text: label, attributes: { "aria-hidden": "true" } }), " ",
    element("select", { attributes: { "aria-label": label, "data-key": `compare ${label}` }, on: { change: (event) => choose((event.target as HTMLSelectElement).selectedIndex) } },
      ...all.map(({ name }, index) => element("option", { text: name, attributes: { selected: index === chosen } }))));
  return element("fieldset", { class: "chooser" },
    element("legend", { text: "Two candidates, record by record" }),
    list("Compare", candidate, (index) => actions.compare([index === base ? candidate : base, index])),
    list("with", base, (index) => actions.compare([index, index === candidate ? base : candidate])));
}

/** A pair that the plan does not compare was chosen once the answers were seen, so its test is corrected for nothing. */
function chosenLate({ pair: [base] }: PlanOverview): readonly HTMLElement[] {
  if (base === 0) return [];
  return [element("p", { class: "warning", text: unbroken("The plan compares each candidate with the first. These two were chosen after the answers had come: their p is not corrected for that, and is no verdict.") })];
}
