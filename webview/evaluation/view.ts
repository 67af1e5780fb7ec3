import { element, replaceContent } from "../ui/element.ts";
import type { VirtualList } from "../ui/virtual-list.ts";
import { correctionKeys, correctionView, showDraft, type CorrectionActions } from "./correction-view.ts";
import { peopleView } from "./people-view.ts";
import { reviewKeys, reviewView, type ReviewActions } from "./review-view.ts";
import { createRecordsView, type RecordsActions } from "./records-view.ts";
import type { State } from "./state.ts";
import type { SummaryActions } from "./summary-actions.ts";
import { summaryView } from "./summary-view.ts";

export interface View {
  show(state: State): void;
  /** Puts the reader before the table of records. */
  goToRecords(): void;
  /** Puts the reader before the item of a review. */
  goToReview(): void;
  /** Puts the reader where a correction is written. */
  goToCorrection(): void;
  /** Puts the reader back to the records, or to the review that goes on. */
  goBack(): void;
  /** Puts the reader before the record that is shown. */
  goToRecord(): void;
}

/** Draws the state into `root`. Only the part whose data changed is made anew, so that an opened section stays open and the place on the page is kept. */
export function createView(root: Element, list: VirtualList, actions: SummaryActions & RecordsActions & CorrectionActions & ReviewActions): View {
  const failure = element("div", { class: "failure", attributes: { role: "alert" } });
  const summary = element("div", { class: "summary" });
  const people = element("div", { class: "people" });
  const records = element("section", { class: "record-list", attributes: { "aria-label": "Records" } });
  const listed = createRecordsView(list, actions);
  const review = element("div");
  records.append(listed.element, review);
  const announcement = element("div", { class: "visually-hidden", attributes: { "aria-live": "polite" } });
  const correction = element("div", { class: "correction-place", on: { keydown: (event) => correctionKeys(event as KeyboardEvent, actions) } });
  const done = element("div", { class: "done", attributes: { role: "status" } });
  records.addEventListener("keydown", (event) => {
    if (shown?.review) reviewKeys(event, shown, actions);
    else recordKeys(event, shown, records, actions);
  });
  root.replaceChildren(failure, done, summary, people, records, correction, announcement);
  let shown: State | undefined;
  return {
    goToRecords() {
      records.scrollIntoView({ block: "start" });
      listed.focusList();
    },
    goToReview() {
      const item = records.querySelector<HTMLElement>(".review");
      // Who is writing a correction is not taken away from it.
      if (!correction.contains(document.activeElement)) item?.focus({ preventScroll: true });
      records.scrollIntoView({ block: "start" });
    },
    goToCorrection: () => correction.querySelector("textarea")?.focus(),
    goBack() {
      const item = records.querySelector<HTMLElement>(".review");
      if (item) item.focus();
      else listed.focusList();
    },
    goToRecord: () => listed.focusRecord(),
    show(state) {
      if (shown?.failure !== state.failure) replaceContent(failure, state.failure);
      if (shown?.done !== state.done) replaceContent(done, state.done);
      if (isOtherCorrection(shown, state)) replaceContent(correction, ...correctionView(state, actions));
      showDraft(correction, state);
      if (!shown || shown.overview !== state.overview || shown.analysis !== state.analysis) replaceContent(summary, ...(state.overview ? summaryView(state.overview, state.analysis, actions) : [element("p", { class: "muted", text: "Loading…" })]));
      if (!shown || shown.overview !== state.overview || shown.people !== state.people || shown.review !== state.review) replaceContent(people, ...peopleView(state));
      if (shown?.overview !== state.overview || shown?.review !== state.review) replaceContent(review, ...(state.review ? reviewView(state, actions) : []));
      listed.element.hidden = state.review !== undefined;
      listed.show(state);
      if (state.total !== undefined && shown?.total !== state.total) announcement.textContent = `${state.total.toLocaleString()} records`;
      shown = state;
    },
  };
}

/** What is written is not drawn anew while it is written. */
function isOtherCorrection(before: State | undefined, { correcting, overview }: State): boolean {
  const old = before?.correcting;
  return old?.line !== correcting?.line || old?.record !== correcting?.record || old?.rejected !== correcting?.rejected || old?.asked !== correcting?.asked || before?.overview !== overview;
}

/** C corrects the record that is shown, O opens its line, and / goes to the search, but for where somebody writes. */
function recordKeys(event: KeyboardEvent, state: State | undefined, place: Element, actions: RecordsActions): void {
  if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest("input[type=search], textarea, select")) return;
  const line = state?.line;
  if (event.key === "/") place.querySelector<HTMLElement>("input[type=search]")?.focus();
  else if (event.key.toLowerCase() === "c" && line !== undefined) actions.correct(line);
  else if (event.key.toLowerCase() === "o" && line !== undefined) actions.openRecord(line);
  else return;
  event.preventDefault();
}
