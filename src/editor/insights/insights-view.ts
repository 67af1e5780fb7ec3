import { chartsOf } from "../../dataset/insight/charts.ts";
import { defaultEpochs } from "../../dataset/insight/default-epochs.ts";
import type { Target } from "../../dataset/targets/target.ts";
import { constantPrice } from "../../jobs/constant-price.ts";
import { describeConstant } from "../../jobs/describe-constant.ts";
import type { InsightsView, ViewedFile } from "../../protocol/insights-panel.ts";
import { priceListOf } from "../../providers/price-lists.ts";
import type { FileInsights } from "../../workers/read-insights.ts";

/** A file whose insights were read. */
export interface ReadFile {
  readonly file: string;
  readonly name: string;
  readonly target: Target;
  readonly found: FileInsights;
}

/** What the page shows of one file, or of two with the same axes. */
export function toInsightsView(files: readonly ReadFile[]): InsightsView {
  return { files: files.map(toViewedFile), charts: chartsOf(files.map(({ found }) => found.insights)) };
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
