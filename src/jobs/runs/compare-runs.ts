import { plain } from "../../dataset/markdown-text.ts";
import { methodTitles, type TuningMethod } from "../method.ts";
import type { RunRecord, RunScore } from "./run-record.ts";

/** One fact of two runs, as words; left out where a run does not tell it. */
export interface ComparedFact {
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

/** Two runs side by side. */
export interface RunComparison {
  /** What the runs are called. */
  readonly before: string;
  readonly after: string;
  readonly sections: readonly { readonly title: string; readonly facts: readonly ComparedFact[] }[];
}

/** How many records of the training file came and went, where both files are known: a record is the same by its text. */
export interface RecordChanges {
  readonly added: number;
  readonly removed: number;
}

/** Data, parameters, results and scores of two runs side by side. */
export function compareRuns(before: RunRecord, after: RunRecord, changes?: RecordChanges | undefined): RunComparison {
  const facts = (name: string, read: (run: RunRecord) => string | undefined): ComparedFact[] => {
    const [one, other] = [read(before), read(after)];
    return one === undefined && other === undefined ? [] : [{ name, ...(one === undefined ? {} : { before: one }), ...(other === undefined ? {} : { after: other }) }];
  };
  const names = (read: (run: RunRecord) => Readonly<Record<string, unknown>> | undefined): string[] => [...new Set([before, after].flatMap((run) => Object.keys(read(run) ?? {})))].sort();
  return {
    before: titleOf(before), after: titleOf(after),
    sections: [
      {
        title: "Data", facts: [
          ...fileFacts("Training", (run) => run.data.training),
          ...(changes ? [{ name: "Records that came and went", after: `${count(changes.added)} added, ${count(changes.removed)} removed` }] : []),
          ...fileFacts("Validation", (run) => run.data.validation),
          ...facts("Split from", (run) => run.data.splitFrom),
        ],
      },
      {
        title: "Parameters", facts: [
          ...facts("Service", (run) => run.service), ...facts("Base model", (run) => run.model.base), ...facts("Method", (run) => methodTitles[run.parameters.method as TuningMethod] ?? run.parameters.method),
          ...names((run) => ({ ...run.parameters.reported, ...run.parameters.sent })).flatMap((name) => facts(name, (run) => parameterOf(run, name))),
          ...facts("Seed", (run) => text(run.parameters.seed)),
        ],
      },
      {
        title: "Results", facts: [
          ...facts("State", (run) => run.state), ...facts("Error", (run) => run.results?.error?.message),
          ...names((run) => run.results?.metrics).flatMap((name) => facts(name, (run) => text(run.results?.metrics?.[name]))),
          ...facts("Tokens trained on", (run) => (run.results?.trainedTokens === undefined ? undefined : count(run.results.trainedTokens))),
          ...facts("Cost", (run) => run.results?.cost && new Intl.NumberFormat("en", { style: "currency", currency: run.results.cost.currency, maximumFractionDigits: 4 }).format(run.results.cost.amount)),
        ],
      },
      { title: "Scores", facts: scoreFacts(before, after) },
      { title: "Versions", facts: names((run) => run.versions).flatMap((name) => facts(name, (run) => run.versions?.[name])) },
    ].filter((section) => section.facts.length > 0),
  };

  function fileFacts(name: string, read: (run: RunRecord) => RunRecord["data"]["training"] | undefined): ComparedFact[] {
    return [
      ...facts(`${name} file`, (run) => read(run)?.path), ...facts(`${name} bytes`, (run) => read(run)?.sha256.slice(0, 12)), ...facts(`${name} records`, (run) => number(read(run)?.records)), ...facts(`${name} tokens`, (run) => tokens(read(run)?.tokens)),
    ];
  }
}

/** Whether a fact is another one in the second run. */
export function isChanged({ before, after }: ComparedFact): boolean {
  return before !== after;
}

/** A comparison as a document in Markdown: what has changed in one sentence, then everything side by side. */
export function comparisonDocument({ before, after, sections }: RunComparison): string {
  const changed = sections.filter(({ title }) => title === "Data" || title === "Parameters").flatMap(({ facts }) => facts.filter((fact) => isChanged(fact)));
  const told = changed.filter(({ name }) => name !== "Training bytes" && name !== "Validation bytes").map(({ name, before: one = "–", after: other = "–" }) => `${name}: ${one} → ${other}`);
  const bytes = changed.some(({ name }) => name === "Training bytes");
  const words = changed.length === 0 ? "Neither data nor parameters have changed." : `${bytes ? "The training data has changed. " : "The training data is the same. "}${told.length === 0 ? "" : `Changed: ${told.join("; ")}.`}`;
  const scored = sections.some(({ title }) => title === "Scores");
  return [
    "# What Changed Since the Last Run", "", `${plain(before)} → ${plain(after)}`, "", plain(words.trim()), "",
    ...sections.flatMap(({ title, facts }) => [`## ${title}`, "", "| | Before | After |", "|---|---|---|", ...facts.map(factLine), ""]),
    ...(scored ? ["Each score stands against the run's own base model, on the records of its test file. Two scores on other records, or whose intervals overlap, do not say which run is better.", ""] : []),
  ].join("\n");
}

function factLine(fact: ComparedFact): string {
  const mark = isChanged(fact) ? "**" : "";
  return `| ${mark}${plain(fact.name)}${mark} | ${plain(fact.before ?? "")} | ${plain(fact.after ?? "")} |`;
}

/** What was chosen, or what the service chose. */
function parameterOf({ parameters: { sent, reported } }: RunRecord, name: string): string | undefined {
  if (sent[name] !== undefined) return String(sent[name]);
  return reported?.[name] === undefined ? undefined : `${String(reported[name])} (the service's choice)`;
}

/** The last evaluation on each test file by each metric. */
function scoreFacts(before: RunRecord, after: RunRecord): ComparedFact[] {
  const of = (run: RunRecord): Map<string, RunScore> => new Map((run.results?.evaluations ?? []).map((score) => [`${score.metric} on ${score.test.path}, ${count(score.records)} records (${score.test.sha256.slice(0, 8)})`, score]));
  const [one, other] = [of(before), of(after)];
  return [...new Set([...one.keys(), ...other.keys()])].sort().map((name) => {
    const [first, second] = [one.get(name), other.get(name)];
    return { name, ...(first ? { before: scoreText(first) } : {}), ...(second ? { after: scoreText(second) } : {}) };
  });
}

function scoreText({ tuned, base, low, high }: RunScore): string {
  const percent = (rate: number): string => `${(rate * 100).toFixed(1)} %`;
  const points = (rate: number): string => `${rate >= 0 ? "+" : "−"}${Math.abs(rate * 100).toFixed(1)}`;
  return `${percent(tuned)} (base ${percent(base)}, difference ${points(low)} to ${points(high)} points)`;
}

function titleOf({ name, job, id, times }: RunRecord): string {
  return `${name ?? job ?? id} of ${times.started.slice(0, 16).replace("T", " ")}`;
}

function tokens(value: RunRecord["data"]["training"]["tokens"]): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === "number" ? count(value) : `${count(value.least)} to ${count(value.most)}`;
}

function number(value: number | undefined): string | undefined {
  return value === undefined ? undefined : count(value);
}

function count(value: number): string {
  return value.toLocaleString("en");
}

function text(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(Number(value.toPrecision(6)));
}

/** The run before another one of the same launch file; undefined for the first. `runs` are those of a folder, the newest first. */
export function runBefore(run: RunRecord, runs: readonly RunRecord[]): RunRecord | undefined {
  const alike = runs.filter((other) => other.launchFile?.path === run.launchFile?.path && other.launchFile !== undefined);
  return alike.find((other) => other.times.started < run.times.started);
}
