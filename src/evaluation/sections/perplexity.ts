import { sumUpPerplexity, type CandidatePerplexity } from "../perplexity.ts";
import type { ReportView } from "../report-view.ts";
import type { Section } from "./section.ts";
import { count, showPerplexity } from "./words.ts";

/** How likely the candidates find the references; undefined where nobody asked. */
export function perplexitySection(view: Pick<ReportView, "candidates" | "records">): Section | undefined {
  const found = sumUpPerplexity(view);
  if (!found) return undefined;
  const { records, sameTokens, candidates } = found;
  const first = candidates[0]?.name ?? "";
  const missing = candidates.filter(({ untold }) => untold.records > 0);
  return {
    title: "Perplexity of the references",
    paragraphs: [
      `How likely each candidate finds the references, given what it was asked, whatever it answers itself; over ${count(records, "reference")}${candidates.filter(({ perplexity }) => !Number.isNaN(perplexity)).length > 1 ? " of which all of them tell" : ""}. Perplexity is e to the mean loss of a token, over all tokens and with the one that ends an answer; bits per byte are what is needed for a byte of the references. Lower is better for both, and neither says whether an answer is right.`,
      ...(sameTokens ? [] : [`The candidates cut the references into different tokens (${candidates.filter(({ tokens }) => tokens > 0).map(({ name, tokens }) => `${name} into ${tokens.toLocaleString("en")}`).join(", ")}), so that their perplexities cannot be compared. Compare bits per byte.`]),
      ...missing.map(({ name, untold }) => `${name}: not told for ${count(untold.records, "reference")}: ${untold.reason ?? ""}${untold.reason?.endsWith(".") ? "" : "."}`),
    ],
    tables: [{
      head: ["Candidate", "Perplexity", "Tokens", "Bits per byte", `Bits per byte of a reference, against ${first}`],
      rows: candidates.map((each, index) => [each.name, ...figures(each), index === 0 ? "baseline" : difference(each)]),
    }],
  };
}

function figures({ perplexity, bitsPerByte, tokens }: CandidatePerplexity): string[] {
  return Number.isNaN(perplexity) ? ["not told", "", "not told"] : [showPerplexity(perplexity), tokens.toLocaleString("en"), bitsPerByte.toFixed(3)];
}

function difference({ against }: CandidatePerplexity): string {
  if (!against || Number.isNaN(against.point)) return "not told";
  const ends = Number.isNaN(against.low) ? "interval undefined" : `${signed(against.low)} to ${signed(against.high)}`;
  return `${signed(against.point)} (${ends})`;
}

function signed(value: number): string {
  const text = Math.abs(value).toFixed(3);
  return text === "0.000" ? text : `${value < 0 ? "−" : "+"}${text}`;
}
