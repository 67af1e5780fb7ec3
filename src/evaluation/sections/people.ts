import type { ReviewEntry } from "../review/review-entry.ts";
import { sumUpReview, type ReviewSummary } from "../review/sum-up-review.ts";
import type { Section, Table } from "./section.ts";
import { count, outcomeWords, percent } from "./words.ts";

/** What people said of a report's answers, by how they sign. */
export type Reviews = ReadonlyMap<string, readonly ReviewEntry[]>;

/** What people said of each candidate beside the first, and how far they agree; undefined where nobody has said anything of them. */
export function peopleSection(names: readonly string[], reviews: Reviews): Section | undefined {
  const [first = "", ...others] = names;
  const summed = others.map((name) => ({ name, people: sumUpReview(reviews, [first, name]) })).filter(({ people }) => people.reviewers.length > 0);
  if (summed.length === 0) return undefined;
  const reviewers = new Set(summed.flatMap(({ people }) => people.reviewers.map(({ name }) => name)));
  return {
    title: "What people say",
    paragraphs: [
      `${count(reviewers.size, "person")} reviewed answers without the names of models: ${[...reviewers].join(", ")}.`.replace("persons", "people"),
      ...summed.flatMap(({ name, people }) => people.agreement.map(({ reviewers: [one, other], of, n, kappa }) => `${one} and ${other} agree on ${of === "pairs" ? `which answer is better, that of ${first} or of ${name}` : `how good the answers of ${first} and ${name} are`}, with Cohen's κ ${figure(kappa)}${of === "ratings" ? " (quadratic)" : ""} on ${count(n, "item")}.`)),
    ],
    tables: [...compared(first, summed), ...rated(first, summed)],
  };
}

type Summed = readonly { readonly name: string; readonly people: ReviewSummary }[];

function compared(first: string, summed: Summed): readonly Table[] {
  const rows = summed.flatMap(({ name, people: { comparison } }) => (comparison ? [[
    name, String(comparison.wins), String(comparison.losses), String(comparison.ties),
    Number.isNaN(comparison.winRate) ? "undefined" : `${percent(comparison.winRate)} (${percent(comparison.low)} to ${percent(comparison.high)})`,
    `${outcomeWords[comparison.outcome]}${Number.isNaN(comparison.p) ? "" : `, exact sign test p ${comparison.p < 0.0001 ? "< 0.0001" : `= ${comparison.p.toFixed(4)}`}`}`,
  ]] : []));
  return rows.length === 0 ? [] : [{ title: `Answer against answer of ${first}`, head: ["Candidate", "Wins", "Losses", "Ties", "Win rate", "Verdict"], rows }];
}

function rated(first: string, summed: Summed): readonly Table[] {
  return summed.flatMap(({ name, people: { marks } }) => (marks ? [{
    title: "Ratings from 1 to 5", head: ["Candidate", "Mean rating", "95 % interval", "Answers"],
    rows: marks.map(({ mean, low, high, n }, index) => [index === 0 ? first : name, figure(mean), Number.isNaN(low) ? "undefined" : `${figure(low)} to ${figure(high)}`, String(n)]),
  }] : []));
}

function figure(value: number): string {
  return Number.isNaN(value) ? "undefined" : value.toFixed(2);
}
