import type { RecordGroup } from "../../src/evaluation/analyse-report.ts";
import type { Pair } from "../../src/evaluation/compared-candidates.ts";
import type { Overview, ShownAnalysis } from "../../src/protocol/evaluation-panel.ts";
import { element } from "../ui/element.ts";
import { candidateNames } from "./names.ts";
import { card, details, row } from "./parts.ts";
import type { SummaryActions } from "./summary-actions.ts";

type Scores = NonNullable<ShownAnalysis["labels"]>[number];

/** A matrix of more labels is no picture any more; then the most frequent confusions are listed. */
const mostLabels = 30;
const mostConfusions = 50;

/** Confusion matrices of the two that are compared, where references are labels: a cell shows its records. */
export function labelsView(overview: Overview, { labels }: Pick<ShownAnalysis, "labels">, actions: SummaryActions): readonly HTMLElement[] {
  if (!labels) return [];
  const [base, candidate]: Pair = overview.plan?.pair ?? [0, 1];
  const names = candidateNames(overview);
  return [element("div", { class: "cards matrices" }, ...[candidate, base].flatMap((index) => {
    const scores = labels[index];
    return scores ? [oneCandidate(names[index] ?? "", index, scores, actions)] : [];
  }))];
}

function oneCandidate(name: string, index: number, scores: Scores, actions: SummaryActions): HTMLElement {
  const { accuracy, macro, labels, per_class: classes, unanswered, undeclared } = scores;
  return card(`Labels by ${name}`,
    element("p", { class: "muted", text: `Accuracy ${three(accuracy)}, macro F1 ${three(macro.f1)}. Rows are references, columns answers.` }),
    labels.length > mostLabels ? confusionList(name, index, scores, actions) : matrix(name, index, scores, actions),
    unanswered + undeclared > 0 ? element("p", { class: "warning", text: [unanswered > 0 ? `${unanswered.toLocaleString()} without an answer` : "", undeclared > 0 ? `${undeclared.toLocaleString()} whose reference is no declared label` : ""].filter((part) => part !== "").join(", ") }) : undefined,
    details("Precision, recall and F1 of each label", element("div", { class: "scroll", attributes: { tabindex: 0, role: "region", "aria-label": `Scores of each label by ${name}` } },
      element("table", { class: "figures" },
        element("thead", {}, row("th", "col", "Label", "Precision", "Recall", "F1", "Records")),
        element("tbody", {}, ...labels.map((label) => { const own = classes[label]; return row("td", "row", label, three(own?.precision), three(own?.recall), three(own?.f1), String(own?.support ?? 0)); }))))));
}

function matrix(name: string, candidate: number, { labels, answers, matrix: counts }: Scores, actions: SummaryActions): HTMLElement {
  return element("div", { class: "scroll", attributes: { tabindex: 0, role: "region", "aria-label": `Confusion matrix of ${name}` } },
    element("table", { class: "matrix" },
      element("caption", { class: "visually-hidden", text: `How often ${name} answered which label for which reference` }),
      element("thead", {}, element("tr", {}, element("td", {}), ...answers.map((text) => element("th", { attributes: { scope: "col", title: text } }, element("span", { text }))))),
      element("tbody", {}, ...counts.map((cells, reference) => element("tr", {},
        element("th", { text: labels[reference] ?? "", attributes: { scope: "row" } }),
        ...cells.map((count, answer) => {
          const cell = element("td", { class: answer === reference ? "same" : "lost" },
            count === 0 ? element("span", { class: "muted", text: "0" }) : cellButton(name, count, labels[reference] ?? "", answers[answer] ?? "", { candidate, reference, answer }, actions, String(count)));
          cell.style.setProperty("--share", String(count / Math.max(1, cells.reduce((sum, each) => sum + each, 0))));
          return cell;
        }))))));
}

function confusionList(name: string, candidate: number, { labels, answers, matrix: counts }: Scores, actions: SummaryActions): HTMLElement {
  const confused = counts.flatMap((cells, reference) => cells.flatMap((count, answer) => (count > 0 && answer !== reference ? [{ count, reference, answer }] : []))).sort((a, b) => b.count - a.count);
  return element("ul", {}, ...confused.slice(0, mostConfusions).map(({ count, reference, answer }) => {
    const [from = "", to = ""] = [labels[reference], answers[answer]];
    return element("li", {}, cellButton(name, count, from, to, { candidate, reference, answer }, actions, `${from} answered ${to}: ${count.toLocaleString()}`));
  }), confused.length > mostConfusions ? element("li", { text: `${(confused.length - mostConfusions).toLocaleString()} more kinds of confusion` }) : undefined);
}

function cellButton(name: string, count: number, reference: string, answer: string, group: RecordGroup & { candidate: number; reference: number; answer: number }, actions: SummaryActions, text: string): HTMLElement {
  return element("button", {
    class: "link", text, attributes: { "aria-label": `Show the ${count.toLocaleString()} ${count === 1 ? "record" : "records"} of ${reference} that ${name} answered ${answer}`, title: `${reference} answered ${answer}`, "data-key": `cell ${group.candidate} ${group.reference} ${group.answer}` },
    on: { click: () => actions.showGroup(group) },
  });
}

function three(value: number | null | undefined): string {
  return typeof value === "number" && Number.isFinite(value) ? value.toFixed(3) : "undefined";
}
