import type { Overview } from "../../src/protocol/evaluation-panel.ts";
import { element } from "../ui/element.ts";
import { moment } from "./format.ts";
import { definitions, details, paragraph } from "./parts.ts";

export function howSure({ summary, metric }: Overview): HTMLElement {
  const level = `${summary.confidence * 100} %`;
  return details(
    "How sure is this?",
    paragraph(metric.explanation),
    ...(summary.conversations === undefined ? independent(summary, level) : together(summary, summary.conversations, level)),
    paragraph("The verdict is better or worse only when that interval excludes zero and p is below 0.05. Otherwise it is “cannot tell”, with an estimate of how many more records would show a difference of this size four times out of five."),
  );
}

function independent({ answered, counts }: Overview["summary"], level: string): readonly HTMLElement[] {
  return [
    paragraph(`A rate from ${answered} records is only near the true one. The intervals of the two accuracies are Wilson's: ${level} of such intervals hold the true rate.`),
    paragraph(`Both models answered the same records, so only the ${counts.only_candidate + counts.only_baseline} on which they differ tell them apart. The interval of the difference is Newcombe's for pairs, and the p-value is the exact McNemar test's: the chance of a split at least this uneven if both models were equally good.`),
  ];
}

function together({ answered }: Overview["summary"], conversations: number, level: string): readonly HTMLElement[] {
  return [paragraph(`The ${answered} records are turns of ${conversations} conversations. Turns of one conversation go well or badly together, so that they count for less than as many records of their own. The intervals are the BCa bootstrap's over whole conversations: ${level} of such intervals hold the true value. The p-value is Wilcoxon's over the sums of each conversation's differences.`)];
}

export function settings({ setting, services, metric }: Overview): HTMLElement {
  const { models, options, dataset, training } = setting;
  return details(
    "Settings",
    definitions([
      ["Provider", services.join(", ")], ["Tuned model", models.tuned], ["Base model", models.base], ...(models.job ? [["Job", models.job] as const] : []), ["Metric", metric.title],
      ["Temperature", String(options.temperature)], ["Maximum tokens", String(options.maximumTokens)], ...(options.seed === undefined ? [] : [["Seed", String(options.seed)] as const]),
      ["Date", moment(setting.createdAt)], ["Test file", dataset.path], ["SHA-256", dataset.sha256],
      ["Training file", training ? `${training.path}: no record of it is tested` : "not known, so it was not checked for test records"],
    ]),
    dataset.refused.length === 0 ? undefined : element("div", {},
      element("h3", { text: `${dataset.refused.length} ${dataset.refused.length === 1 ? "line is" : "lines are"} not evaluated` }),
      element("ul", {}, ...dataset.refused.slice(0, 50).map(({ line, reason }) => element("li", { text: `Line ${line}: ${reason}.` })), dataset.refused.length > 50 ? element("li", { text: `${dataset.refused.length - 50} more are in the JSON.` }) : undefined)),
  );
}
