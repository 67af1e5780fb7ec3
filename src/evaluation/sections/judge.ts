import { sumUpJudge, type Agreement, type PairedCandidate, type ScoredCandidate } from "../judge/sum-up-judge.ts";
import { scale } from "../judge/questions.ts";
import type { PlanReport } from "../plan-report.ts";
import type { Section, Table } from "./section.ts";
import { adjustedP, count, outcomeWords, percent, points } from "./words.ts";

/** What the judge says, and how far it may be believed; undefined where the plan has none. */
export function judgeSection({ judge, candidates, records }: Pick<PlanReport, "judge" | "candidates" | "records">): Section | undefined {
  if (!judge) return undefined;
  const names = candidates.map(({ name }) => name);
  const { scores, pairs } = judge;
  const summary = sumUpJudge(judge, records.map(({ line }) => line), names);
  const missing = (scores?.flat() ?? []).concat(pairs?.flat(2).map((each) => (each === null ? null : 0)) ?? []).filter((each) => each === null).length;
  return {
    title: `Judge ${judge.model} of ${judge.service}`,
    paragraphs: [
      judge.rubric,
      summary.agreement ? believe(summary.agreement) : "No person's ratings are given beside it, so that it is not known how far people would agree with it.",
      ...(missing === 0 ? [] : [`${count(missing, "judgement")} ${missing === 1 ? "is" : "are"} missing: there was no answer to judge, or the judge said nothing that can be read.`]),
    ],
    tables: [...(summary.marks ? [marks(summary.marks, names)] : []), ...(summary.pairs ? [wins(summary.pairs, names)] : [])],
  };
}

/** Landis and Koch, Biometrics 33 (1977) 159: from 0.61 agreement is called substantial. */
const substantial = 0.61;
const fewest = 20;

function believe({ n, kappa, correlation }: Agreement): string {
  if (n === 0) return "None of the people's ratings is of an answer that the judge marked.";
  const figures = `On ${count(n, "answer")} that people rated too, Cohen's κ (quadratic) is ${figure(kappa)} and Spearman's correlation ${figure(correlation)}`;
  if (n < fewest) return `${figures}: too few to believe the judge by.`;
  return Number.isNaN(kappa) || kappa < substantial ? `${figures}: people do not agree with the judge enough for its numbers to be believed.` : `${figures}: people agree with the judge substantially.`;
}

function marks(scored: readonly ScoredCandidate[], names: readonly string[]): Table {
  return {
    title: `Marks from ${scale.least} to ${scale.most}`, head: ["Candidate", "Mean mark", "95 % interval", "Answers", "Against the first"],
    rows: scored.map(({ n, mean, low, high, against }, index) => [
      names[index] ?? "", figure(mean), Number.isNaN(low) ? "undefined" : `${figure(low)} to ${figure(high)}`, String(n),
      !against ? "baseline" : Number.isNaN(against.comparison.difference) ? outcomeWords[against.outcome] : `${outcomeWords[against.outcome]}: ${points(against.comparison.difference)} points of 100 (${points(against.comparison.low)} to ${points(against.comparison.high)}), ${adjustedP(against.adjusted)}`,
    ]),
  };
}

function wins(paired: readonly PairedCandidate[], names: readonly string[]): Table {
  return {
    title: `Answer against answer of ${names[0]}, each asked in both orders`, head: ["Candidate", "Wins", "Losses", "Ties", "Changed with the order", "Win rate", "Verdict"],
    rows: paired.map((each, index) => [
      names[index + 1] ?? "", String(each.wins), String(each.losses), String(each.ties), `${each.flips} (${percent(each.flipRate)})`,
      Number.isNaN(each.winRate) ? "undefined" : `${percent(each.winRate)} (${percent(each.low)} to ${percent(each.high)})`, `${outcomeWords[each.outcome]}${Number.isNaN(each.adjusted) ? "" : `, ${adjustedP(each.adjusted)}`}`,
    ]),
  };
}

function figure(value: number): string {
  return Number.isNaN(value) ? "undefined" : value.toFixed(2);
}
