import type { RecordGroup } from "../../src/evaluation/analyse-report.ts";
import type { RecordFilter } from "../../src/evaluation/record-order.ts";
import { perplexityOf } from "../../src/evaluation/likelihood.ts";
import type { JudgedOutcome } from "../../src/evaluation/report.ts";
import { showPerplexity } from "../../src/evaluation/sections/words.ts";
import type { ReviewMode, Row, WholeRecord } from "../../src/protocol/evaluation-panel.ts";
import { element } from "../ui/element.ts";
import { answerNames, candidateNames } from "./names.ts";
import { button } from "./parts.ts";
import type { State } from "./state.ts";

/** What the table of records can ask for. */
export interface RecordsActions {
  filter(filter: RecordFilter): void;
  /** Shows all records again. */
  showGroup(group: undefined): void;
  turn(page: number): void;
  open(line: number): void;
  close(line: number): void;
  openRecord(line: number): void;
  correct(line: number): void;
  review(mode: ReviewMode): void;
}

/** What each filter shows; `tuned` is how the second of the two is called. */
function titlesFor(tuned: string, plan: boolean): Readonly<Record<RecordFilter, string>> {
  return { all: "All", disagree: plan ? "The two disagree" : "Models disagree", "tuned-wrong": plan ? `${tuned} wrong` : "Tuned model wrong", "no-answer": "No answer" };
}

/** The records, page by page, with both answers beside the reference. */
export function recordsView(state: State, actions: RecordsActions): readonly Node[] {
  const { page } = state;
  const [base, tuned] = answerNames(state.overview);
  const rows = page?.rows ?? [];
  return [
    element("div", { class: "records-head" }, element("h2", { text: "Records", attributes: { id: "records", tabindex: -1 } }), filters(state, actions), element("small", { class: "muted" }, element("kbd", { text: "C" }), " on a record corrects it"),
      element("span", { class: "actions" }, button("Compare Blind", () => actions.review("pair")), button("Rate Blind", () => actions.review("rating")))),
    ...groupNote(state, actions),
    rows.length === 0
      ? element("p", { class: "muted empty", text: page ? "No record is of this kind." : "Loading…" })
      : element("div", { class: "scroll", attributes: { tabindex: 0, role: "region", "aria-label": "Table of records" } },
        element("table", { class: "records" },
          element("caption", { class: "visually-hidden", text: "Records with the answers of both models. Those on which the models disagree come first." }),
          element("thead", {}, element("tr", {}, ...["Line", "Prompt", "Reference", base, tuned].map((text) => element("th", { text, attributes: { scope: "col" } })))),
          element("tbody", {}, ...rows.flatMap((row) => [recordRow(row, state, actions), ...wholeRecord(row.line, state)])),
        )),
    ...(page && page.pages > 1 ? [pager(page.page, page.pages, actions)] : []),
  ];
}

/** Says which records are shown alone, and shows all again. */
function groupNote(state: State, actions: RecordsActions): readonly HTMLElement[] {
  if (!state.group) return [];
  return [element("p", { class: "group" }, `Only ${groupName(state, state.group)}. `, element("button", { class: "link", text: "Show all records", attributes: { "data-key": "all records" }, on: { click: () => actions.showGroup(undefined) } }))];
}

function groupName({ analysis, overview }: State, group: RecordGroup): string {
  if ("slice" in group) {
    const slice = analysis?.slices[group.slice];
    return `records with ${slice?.by} ${slice?.value}`;
  }
  const scores = analysis?.labels?.[group.candidate];
  return `records of ${scores?.labels[group.reference]} that ${overview ? candidateNames(overview)[group.candidate] : ""} answered ${scores?.answers[group.answer]}`;
}

function filters({ overview, filter: chosen }: State, actions: RecordsActions): HTMLElement {
  const titles = titlesFor(answerNames(overview)[1], overview?.plan !== undefined);
  const offered = (Object.keys(titles) as RecordFilter[]).filter((filter) => filter !== "no-answer" || (overview?.filters[filter] ?? 0) > 0);
  return element("fieldset", { class: "filters" },
    element("legend", { class: "visually-hidden", text: "Show" }),
    ...offered.map((filter) => element("label", {},
      element("input", { attributes: { type: "radio", name: "filter", value: filter, checked: filter === chosen, "data-key": `filter ${filter}` }, on: { change: () => actions.filter(filter) } }),
      element("span", {}, titles[filter], " ", element("small", { text: (overview?.filters[filter] ?? 0).toLocaleString() })),
    )));
}

function recordRow(row: Row, { open }: State, actions: RecordsActions): HTMLElement {
  const isOpen = row.line in open;
  return element("tr", { attributes: { "data-line": row.line } },
    element("th", { attributes: { scope: "row" } },
      element("button", { class: "link", text: String(row.line), attributes: { "aria-label": `Open line ${row.line} of the test file`, title: "Open in the test file", "data-key": `line ${row.line}` }, on: { click: () => actions.openRecord(row.line) } }),
      element("button", { class: "link correct", attributes: { "aria-label": `Correct the record of line ${row.line}`, "aria-keyshortcuts": "C", title: "Correct this record (C): make a training record or a preference pair of it", "data-key": `correct ${row.line}` }, on: { click: () => actions.correct(row.line) } }, "Correct")),
    element("td", {}, ...(row.movedTo === undefined ? [] : [element("span", { class: "mark moved", text: `→ moved to ${row.movedTo}` })]), clamped(row.prompt),
      row.cut ? element("button", {
        class: "link more", text: isOpen ? "Show less" : "Whole record",
        attributes: { "aria-expanded": String(isOpen), "aria-label": `${isOpen ? "Show less of" : "Show the whole"} record of line ${row.line}`, "data-key": `more ${row.line}` },
        on: { click: () => (isOpen ? actions.close(row.line) : actions.open(row.line)) },
      }) : undefined),
    element("td", {}, clamped(row.reference)),
    answerCell(row.base),
    answerCell(row.tuned),
  );
}

function answerCell(outcome: JudgedOutcome): HTMLElement {
  if ("failure" in outcome) return element("td", {}, mark("missing", "no answer"), clamped(outcome.failure));
  return element("td", {}, outcome.right ? mark("right", "right") : mark("wrong", "wrong"), answerText(outcome.text), outcome.finishReason === "length" ? element("small", { class: "muted", text: "cut off at the maximum of tokens" }) : undefined, ...likelihoodNote(outcome));
}

/** How likely the model finds the reference, where it was asked. */
function likelihoodNote({ likelihood }: Extract<JudgedOutcome, { text: string }>): readonly HTMLElement[] {
  return likelihood && "logprob" in likelihood ? [element("small", { class: "muted", text: `Reference: perplexity ${showPerplexity(perplexityOf(likelihood))}` })] : [];
}

export function answerText(text: string): HTMLElement {
  return text.trim() === "" ? element("em", { class: "muted", text: text === "" ? "(empty)" : "(white space only)" }) : clamped(text);
}

/** A sign and a word, so that neither colour nor shape alone carries it. */
export function mark(kind: "right" | "wrong" | "missing", word: string): HTMLElement {
  const signs = { right: "✓", wrong: "✗", missing: "–" } as const;
  return element("span", { class: `mark ${kind}` }, element("span", { text: signs[kind], attributes: { "aria-hidden": "true" } }), ` ${word}`);
}

function clamped(text: string): HTMLElement {
  return element("div", { class: "text clamped", text });
}

function wholeRecord(line: number, state: State): readonly HTMLElement[] {
  if (!(line in state.open)) return [];
  const record = state.open[line];
  return [element("tr", { class: "whole" }, element("td", { attributes: { colspan: 5 } }, ...(record ? conversation(record, state) : [element("p", { class: "muted", text: "Loading…" })])))];
}

function conversation({ prompt, reference, answers }: WholeRecord, { overview }: State): readonly HTMLElement[] {
  const entry = (name: string, text: string): HTMLElement => element("div", { class: "message" }, element("h3", { text: name }), element("div", { class: "text", text }));
  const outcome = (name: string, given: JudgedOutcome): HTMLElement => ("failure" in given ? entry(`${name}: no answer`, given.failure) : entry(`${name}: ${given.right ? "right" : "wrong"}`, given.text));
  const names = overview?.plan ? answers.map(({ name }) => name) : answerNames(overview);
  return [...prompt.map(({ role, content }) => entry(role, content)), entry("Reference", reference), ...answers.map((answer, index) => outcome(names[index] ?? answer.name, answer.outcome))];
}

function pager(page: number, pages: number, actions: RecordsActions): HTMLElement {
  const turn = (text: string, to: number): HTMLElement => element("vscode-button", { text, attributes: { appearance: "secondary", disabled: to < 0 || to >= pages, "data-key": text }, on: { click: () => actions.turn(to) } });
  return element("nav", { class: "pager", attributes: { "aria-label": "Pages of records" } }, turn("Previous", page - 1), element("span", { text: `Page ${page + 1} of ${pages}` }), turn("Next", page + 1));
}
