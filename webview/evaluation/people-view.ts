import type { ReviewSummary } from "../../src/evaluation/review/sum-up-review.ts";
import { element } from "../ui/element.ts";
import { isDefined, percent, probability, unbroken } from "./format.ts";
import { modelNames } from "./names.ts";
import { card, row } from "./parts.ts";
import type { State } from "./state.ts";

const outcomes = { better: "is better", worse: "is worse", "cannot-tell": "cannot be told to be better or worse" } as const;

/** What people said of the two that are compared; nothing before anybody did, nor while somebody reviews: it would tell whose answer was chosen. */
export function peopleView({ people, overview, review }: State): readonly HTMLElement[] {
  if (!people || people.reviewers.length === 0 || (review && (!review.turn || review.turn.item))) return [];
  const [base, tuned] = modelNames(overview);
  const names = people.reviewers.map(({ name, pairs, ratings }) => `${name} (${[pairs > 0 ? `${pairs.toLocaleString()} compared` : "", ratings > 0 ? `${ratings.toLocaleString()} rated` : ""].filter((each) => each !== "").join(", ")})`);
  return [card("What people say",
    ...comparison(people, base, tuned),
    ...marks(people, [base, tuned]),
    ...people.agreement.map(({ reviewers: [one, other], of, n, kappa }) => element("p", { text: `${one} and ${other} agree on ${of === "pairs" ? "which answer is better" : "how good an answer is"} with Cohen's κ ${isDefined(kappa) ? kappa.toFixed(2) : "undefined"}${of === "ratings" ? " (quadratic)" : ""}, on ${n.toLocaleString()} ${n === 1 ? "item" : "items"}.` })),
    element("p", { class: "muted", text: `By ${names.join(", ")}. Their files lie beside the report; a plan's judge takes them as its ratings.` }))];
}

function comparison({ comparison: compared }: ReviewSummary, base: string, tuned: string): readonly HTMLElement[] {
  if (!compared) return [];
  const { wins, losses, ties, winRate, low, high, p, outcome } = compared;
  const rate = isDefined(winRate) ? ` It wins ${percent(winRate)} of those that somebody wins (95 % interval ${percent(low)} to ${percent(high)}; exact sign test p ${probability(p)}).` : "";
  return [element("p", { text: unbroken(`To people, ${tuned} ${outcomes[outcome]}: its answer is better on ${wins === 1 ? "1 record" : `${wins.toLocaleString()} records`}, that of ${base} on ${losses.toLocaleString()}, and ${ties === 1 ? "1 is a tie" : `${ties.toLocaleString()} are ties`}.${rate}`) })];
}

function marks({ marks: given }: ReviewSummary, names: readonly string[]): readonly HTMLElement[] {
  if (!given) return [];
  return [element("table", { class: "figures" },
    element("caption", { class: "visually-hidden", text: "Mean ratings by people" }),
    element("thead", {}, row("th", "col", "Model", "Mean rating", "95 % interval", "Answers")),
    element("tbody", {}, ...given.map(({ n, mean, low, high }, index) => row("td", "row", names[index] ?? "", isDefined(mean) ? mean.toFixed(2) : "undefined", isDefined(low) && isDefined(high) ? `${low.toFixed(2)} to ${high.toFixed(2)}` : "undefined", n.toLocaleString()))))];
}
