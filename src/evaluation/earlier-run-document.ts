import { plain } from "../dataset/markdown-text.ts";
import type { CandidateThen } from "./compare-reports.ts";
import type { SavedReport } from "./saved-report.ts";
import { looksWords } from "./sections/looks.ts";
import { count, outcomeWords, percent, points } from "./sections/words.ts";
import { viewOf } from "./view-of-report.ts";

/** As many lines of records that changed are named. */
const mostLines = 50;

/** What became of each candidate since an earlier run, as Markdown. Texts of models and files stay texts. */
export function earlierRunDocument(now: SavedReport, earlier: SavedReport, compared: readonly CandidateThen[]): string {
  const left = viewOf(now).candidates.filter(({ name }) => !compared.some((each) => each.name === name));
  return [
    `# ${plain(earlier.createdAt)} and ${plain(now.createdAt)}`, "", `Right means ${plain(now.metric)}; the test file is ${plain(now.dataset.path)}${now.dataset.sha256 === earlier.dataset.sha256 ? "" : ", which was changed in between: only records that are in both runs are compared"}.`, "",
    "| Candidate | Then | Since then | Records | Difference | 95 % interval |", "|---|---|---|---|---|---|",
    ...compared.map(({ name, then, outcome, records, difference }) => `| ${[name, then === name ? "the same" : then, outcomeWords[outcome], records.toLocaleString("en"), points(difference.difference), `${points(difference.low)} to ${points(difference.high)}`].map(plain).join(" | ")} |`), "",
    ...compared.map(({ words }) => `- ${plain(words.charAt(0).toUpperCase() + words.slice(1))}`),
    ...(left.length === 0 || now.version === 1 ? [] : ["", `Not in the earlier run: ${plain(left.map(({ name }) => name).join(", "))}.`]),
    ...compared.flatMap(({ name, lost, won }) => [
      ...(lost.length === 0 ? [] : ["", `**${plain(name)}: ${count(lost.length, "record")} right then and wrong now** (of ${share(lost.length, now)}): ${lines(lost)}`]),
      ...(won.length === 0 ? [] : ["", `**${plain(name)}: ${count(won.length, "record")} wrong then and right now** (of ${share(won.length, now)}): ${lines(won)}`]),
    ]),
    ...((now.looks ?? 1) > 1 ? ["", plain(looksWords(now.looks ?? 1))] : []), "",
  ].join("\n");
}

function share(number: number, { records }: SavedReport): string {
  return `${records.length.toLocaleString("en")}, ${plain(percent(number / records.length))}`;
}

function lines(numbers: readonly number[]): string {
  return `${numbers.length === 1 ? "line" : "lines"} ${numbers.slice(0, mostLines).join(", ")}${numbers.length > mostLines ? ` and ${numbers.length - mostLines} more` : ""}.`;
}
