import { chartsOf } from "../../dataset/insight/charts.ts";
import { defaultEpochs } from "../../dataset/insight/default-epochs.ts";
import type { Target } from "../../dataset/targets/target.ts";
import { constantPrice } from "../../jobs/constant-price.ts";
import { describeConstant } from "../../jobs/describe-constant.ts";
import type { ScoredFile } from "../../evaluating/score-file.ts";
import type { InsightsView, ViewedFile, ViewedUnlikely } from "../../protocol/insights-panel.ts";
import { priceListOf } from "../../providers/price-lists.ts";
import type { FileInsights } from "../../workers/read-insights.ts";

/** A file whose insights were read. */
export interface ReadFile {
  readonly file: string;
  readonly name: string;
  readonly target: Target;
  readonly found: FileInsights;
}

/** What the page shows of one file, or of two with the same axes; and what a model finds unlikely of the first. */
export function toInsightsView(files: readonly ReadFile[], scored?: ScoredFile): InsightsView {
  return { files: files.map(toViewedFile), charts: chartsOf(files.map(({ found }) => found.insights)), ...(scored ? { unlikely: toViewedUnlikely(scored) } : {}) };
}

/** Longer questions and answers are cut; the record has them whole. */
const longestText = 300;

function toViewedUnlikely({ model, scored, median, found, left }: ScoredFile): ViewedUnlikely {
  const cut = (text: string): string => (text.length <= longestText ? text : `${text.slice(0, longestText).replace(/[\uD800-\uDBFF]$/, "")}…`);
  const [first] = left;
  return {
    model,
    notes: [
      `By the loss under ${model}: the mean over the tokens of a record's answers; the median of ${scored.toLocaleString("en")} records is ${median.toFixed(2)}. A model that learned a file finds its mistakes unlikely still; and what is rare, though it is right.`,
      ...(first ? [`${left.length.toLocaleString("en")} ${left.length === 1 ? "line was" : "lines were"} not scored, line ${first.line + 1} because ${first.reason.replace(/\.$/, "")}.`] : []),
    ],
    records: found.map(({ line, loss, question, answer }) => ({ line, loss, question: cut(question), answer: cut(answer) })),
  };
}

function toViewedFile({ file, name, target, found: { insights: { records, unread }, counted, constants, languagesLookedFor } }: ReadFile): ViewedFile {
  const epochs = defaultEpochs(Math.max(1, records));
  const prices = priceListOf(target);
  return {
    file, name, records, unread,
    notes: [
      `Tokens are counted in ${counted.encoding}, ${counted.exact ? `which ${target.provider}'s models have` : "an estimate for the models of this target"}; definitions of tools and pictures are left out.`,
      ...(languagesLookedFor < records && languagesLookedFor >= 200_000 ? [`Languages were told of the first ${languagesLookedFor.toLocaleString("en")} records.`] : []),
    ],
    constants: constants.map((constant) => ({
      says: describeConstant(constant, { records, epochs }, prices && constantPrice({ tokens: constant.tokens, records, epochs }, prices, target.method)),
      text: constant.text,
    })),
  };
}
