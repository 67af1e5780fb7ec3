import { chartsOf, type Chart } from "../dataset/insight/charts.ts";
import { defaultEpochs } from "../dataset/insight/default-epochs.ts";
import { constantPrice } from "../jobs/constant-price.ts";
import { describeConstant } from "../jobs/describe-constant.ts";
import { priceListOf } from "../providers/price-lists.ts";
import type { Target } from "../dataset/targets/target.ts";
import { findSuspicious, type Suspects } from "../workers/find-suspicious.ts";
import { readInsights, type FileInsights } from "../workers/read-insights.ts";
import { unchanged } from "../workers/while-unchanged.ts";
import { visible } from "./excerpt.ts";
import { named, readInput } from "./read-input.ts";
import { readSettings, type SettingsOptions } from "./settings.ts";
import { exitCode, type ExitCode, type Streams } from "./streams.ts";
import { count } from "./summary.ts";
import { createPaint } from "./terminal.ts";

export interface InsightsOptions extends SettingsOptions {
  readonly format: "text" | "json";
  /** Lists so many records instead whose labels are probably wrong. */
  readonly suspicious?: number;
}

/** Bars that are written of one chart; the rest is in the JSON. */
const mostBars = 25;
/** Characters of a value or a question. */
const mostShown = 72;
/** Columns of the longest bar. */
const barWidth = 30;

/** `tunesmith insights FILE`: what the records of a file are like, in numbers. Rejects with a FileError for unusable files. */
export async function showInsights(argument: string, options: InsightsOptions, streams: Streams): Promise<ExitCode> {
  const { target } = readSettings(options).forFile(argument);
  const input = await readInput(argument, argument, streams);
  try {
    const checkUnchanged = unchanged(input.path);
    if (options.suspicious !== undefined) {
      const most = options.suspicious;
      const found = await named(input, () => findSuspicious(input.path, target, most));
      checkUnchanged();
      streams.output(options.format === "json" ? `${JSON.stringify({ path: input.name, method: "TF-IDF cosine of words and pairs of words: ten nearest records, and the middle of each label", judged: found.judged, comparedWith: found.reference, suspicious: found.suspects.map(({ line, neighbour, ...rest }) => ({ line: line + 1, ...rest, neighbour: { ...neighbour, line: neighbour.line + 1 } })) })}\n` : suspectsText(found));
      return exitCode.clean;
    }
    const found = await named(input, () => readInsights(input.path, target));
    checkUnchanged();
    streams.output(options.format === "json" ? toJson(input.name, found, target) : toText(input.name, found, target, streams));
    return exitCode.clean;
  } finally {
    input.remove();
  }
}

function suspectsText({ suspects, judged, reference }: Suspects): string {
  if (suspects.length === 0) return "No label is suspicious: the nearest records have the same, or there are no labels.\n";
  const lines = suspects.map(({ line, label, question, score, votes, nearest, similarity, neighbour }) =>
    `${score.toFixed(2)}  line ${line + 1}  ${visible(label)}: ${shorten(visible(question))}\n      ${votes} of ${nearest} like it: ${visible(neighbour.label)}, such as line ${neighbour.line + 1} (${similarity.toFixed(2)}): ${shorten(visible(neighbour.question))}\n`);
  const sample = reference < judged ? `, each of ${judged.toLocaleString("en")} records compared with a sample of ${reference.toLocaleString("en")}` : "";
  return `By TF-IDF cosine of words and pairs of words${sample}, the most suspicious first:\n${lines.join("")}`;
}

function toText(name: string, found: FileInsights, target: Target, { colour }: Pick<Streams, "colour">): string {
  const paint = createPaint(colour);
  const { insights, counted } = found;
  const unread = insights.unread === 0 ? "" : `; ${count(insights.unread, "line")} without a record that can be read`;
  return [
    `${visible(name)}: ${count(insights.records, "record")}${unread}. Tokens are counted in ${counted.encoding}${counted.exact ? "" : ", an estimate for other models"}.\n`,
    ...constantsOf(found, target).map(({ says, text }) => `${says}\n  ${visible(text)}\n`),
    ...chartsOf([insights]).map((chart) => chartText(chart, insights.records, (title) => paint("bold", title))),
  ].join("");
}

function chartText({ title, notes, bars }: Chart, records: number, bold: (text: string) => string): string {
  const shown = bars.slice(0, mostBars);
  const labels = shown.map(({ label }) => shorten(visible(label)));
  const width = Math.max(0, ...labels.map((label) => label.length));
  const most = Math.max(1, ...bars.map(({ counts: [own = 0] }) => own));
  const lines = shown.map(({ counts: [own = 0] }, bar) => `  ${(labels[bar] ?? "").padEnd(width)}  ${own.toLocaleString("en").padStart(9)} ${`${((100 * own) / Math.max(1, records)).toFixed(1)} %`.padStart(7)}  ${"█".repeat(Math.round((barWidth * own) / most))}`.trimEnd());
  const more = bars.length > shown.length ? [`  … and ${count(bars.length - shown.length, "more bar")}`] : [];
  return `\n${bold(title)}${notes[0] === "" ? "" : `: ${notes[0] ?? ""}`}\n${[...lines, ...more].map((line) => `${line}\n`).join("")}`;
}

function shorten(text: string): string {
  return text.length > mostShown ? `${text.slice(0, mostShown - 1)}…` : text;
}

function toJson(path: string, found: FileInsights, target: Target): string {
  const { insights, counted, languagesLookedFor } = found;
  const { records, unread, distributions, lines } = insights;
  return `${JSON.stringify({
    path, records, unread, tokens: { encoding: counted.encoding, exact: counted.exact }, languagesLookedFor,
    constants: constantsOf(found, target),
    distributions: Object.fromEntries(Object.entries(distributions).map(([measure, { largest, ...rest }]) => [measure, { ...rest, ...(rest.count > 0 ? { lineOfMost: (lines[largest] ?? 0) + 1 } : {}) }])),
    charts: chartsOf([insights]).map(({ id, title, bars }) => ({ id, title, bars: bars.map(({ label, counts: [own], selection }) => ({ label, records: own, selection })) })),
  })}\n`;
}

function constantsOf({ insights: { records }, constants }: FileInsights, target: Target) {
  const epochs = defaultEpochs(Math.max(1, records));
  const prices = priceListOf(target);
  return constants.map((constant) => {
    const price = prices && constantPrice({ tokens: constant.tokens, records, epochs }, prices, target.method);
    return { ...constant, records, epochs, ...(price ? { price } : {}), says: describeConstant(constant, { records, epochs }, price) };
  });
}
