import type { RecordGroup } from "../../src/evaluation/analyse-report.ts";
import type { RowAnswer } from "../../src/evaluation/reader/rows.ts";
import { recordFilters, recordOrders, type RecordFilter, type RecordOrder } from "../../src/evaluation/record-order.ts";
import type { ReviewMode } from "../../src/evaluation/review/review-turns.ts";
import type { ShownRow } from "../../src/protocol/evaluation-panel.ts";
import { element, replaceContent } from "../ui/element.ts";
import type { VirtualList } from "../ui/virtual-list.ts";
import { answerNames, candidateNames } from "./names.ts";
import { button, markSign } from "./parts.ts";
import { recordView, type RecordActions } from "./record-view.ts";
import type { State } from "./state.ts";

/** What the list of records can ask for. */
export interface RecordsActions extends RecordActions {
  filter(filter: RecordFilter): void;
  order(order: RecordOrder): void;
  search(text: string): void;
  /** Shows all records again. */
  showGroup(group: undefined): void;
  review(mode: ReviewMode): void;
}

/** The records: what is listed and in which order, the list, and the record that it has come to. */
export interface RecordsView {
  readonly element: HTMLElement;
  show(state: State): void;
  /** Puts the reader before the list, or before the record that is shown. */
  focusList(): void;
  focusRecord(): void;
}

const orders: Readonly<Record<RecordOrder, string>> = { regression: "what became worse", disagreement: "how unlike the answers are", length: "the longest answer", cost: "the most tokens or dollars", time: "the slowest answer", line: "the line" };

/** What each filter shows; `tuned` is how the second of the two is called. */
function titlesFor(tuned: string, plan: boolean): Readonly<Record<RecordFilter, string>> {
  return { all: "All", disagree: plan ? "The two disagree" : "Models disagree", "tuned-wrong": plan ? `${tuned} wrong` : "Tuned model wrong", "no-answer": "No answer" };
}

export function createRecordsView(list: VirtualList, actions: RecordsActions): RecordsView {
  const filtersPlace = element("div");
  const order = element("select", { attributes: { "data-key": "order" }, on: { change: () => actions.order(order.value as RecordOrder) } }, ...recordOrders.map((each) => element("option", { text: orders[each], attributes: { value: each } })));
  const search = element("input", { attributes: { type: "search", placeholder: "Search", "aria-label": "Search questions, references and answers", "aria-keyshortcuts": "/", spellcheck: "false", maxlength: 1000, "data-key": "search" }, on: { input: () => actions.search(search.value) } });
  const head = element("div", { class: "records-head" },
    element("h2", { text: "Records", attributes: { tabindex: -1 } }), filtersPlace, element("label", { class: "chosen" }, "First ", order), search,
    element("span", { class: "actions" }, button("Compare Blind", () => actions.review("pair")), button("Rate Blind", () => actions.review("rating"))));
  const note = element("div");
  const columns = element("div", { class: "columns", attributes: { "aria-hidden": "true" } });
  const none = element("p", { class: "muted empty" });
  const detail = element("div", { class: "record-place" });
  const keys = element("small", { class: "muted keys" }, ...[["↑ ↓", " moves, "], ["Enter", " reads, "], ["C", " corrects, "], ["O", " opens the line, "], ["/", " searches"]].flatMap(([key, does]) => [element("kbd", { text: key ?? "" }), does ?? ""]));
  const table = element("div", { class: "table" }, columns, list.element);
  let shown: State | undefined;

  return {
    element: element("div", {}, head, note, table, none, keys, detail),
    focusList: () => (list.element.hidden ? head.querySelector<HTMLElement>("h2") : list.element)?.focus(),
    focusRecord: () => detail.querySelector<HTMLElement>(".record")?.focus(),
    show(state) {
      if (shown?.overview !== state.overview || shown?.filter !== state.filter) {
        replaceContent(filtersPlace, filters(state, actions));
        replaceContent(columns, ...["Line", "Question", "Reference", ...answerNames(state.overview)].map((text) => element("span", { text })));
      }
      order.value = state.order;
      if (document.activeElement !== search) search.value = state.search;
      if (shown?.group !== state.group || shown?.analysis !== state.analysis) replaceContent(note, groupNote(state, actions));
      const { total } = state;
      table.hidden = list.element.hidden = keys.hidden = total === 0;
      // The list is as high as its rows, up to a part of the window.
      list.element.style.height = `min(45vh, calc(${total ?? 4} * 26px))`;
      none.textContent = total === 0 ? "No record is of this kind." : "";
      if (shown?.overview !== state.overview || shown?.line !== state.line || shown?.record !== state.record || shown?.reading !== state.reading || shown?.from !== state.from) replaceContent(detail, ...recordView(state, actions));
      shown = state;
    },
  };
}

/** The content of a row of the list; one that is on its way has none. */
export function rowView(row: ShownRow | undefined): readonly (Node | string)[] {
  if (!row) return [element("span", { class: "number", text: "…" })];
  return [
    element("span", { class: "number", text: row.line.toLocaleString() }),
    element("span", { class: "cell" }, ...(row.movedTo === undefined ? [] : [element("span", { class: "moved", text: `→ moved to ${row.movedTo} ` })]), row.prompt),
    element("span", { class: "cell", text: row.reference }),
    answerCell(row.base),
    answerCell(row.tuned),
  ];
}

function answerCell({ mark, text }: RowAnswer): HTMLElement {
  return element("span", { class: "cell" }, markSign(mark, { right: "right", wrong: "wrong", missing: "no answer" }[mark]), text.trim() === "" ? element("em", { class: "muted", text: "(empty)" }) : text);
}

/** Says which records are shown alone, and shows all again. */
function groupNote(state: State, actions: RecordsActions): HTMLElement | undefined {
  if (!state.group) return undefined;
  return element("p", { class: "group" }, `Only ${groupName(state, state.group)}. `, element("button", { class: "link", text: "Show all records", attributes: { "data-key": "all records" }, on: { click: () => actions.showGroup(undefined) } }));
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
  const offered = recordFilters.filter((filter) => filter !== "no-answer" || (overview?.filters[filter] ?? 0) > 0);
  return element("fieldset", { class: "filters" },
    element("legend", { class: "visually-hidden", text: "Show" }),
    ...offered.map((filter) => element("label", {},
      element("input", { attributes: { type: "radio", name: "filter", value: filter, checked: filter === chosen, "data-key": `filter ${filter}` }, on: { change: () => actions.filter(filter) } }),
      element("span", {}, titles[filter], " ", element("small", { text: (overview?.filters[filter] ?? 0).toLocaleString() })),
    )));
}
