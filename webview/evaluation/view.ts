import { element, replaceContent } from "../ui/element.ts";
import { correctionKeys, correctionView, showDraft, type CorrectionActions } from "./correction-view.ts";
import { peopleView } from "./people-view.ts";
import { reviewKeys, reviewView, type ReviewActions } from "./review-view.ts";
import { recordsView, type RecordsActions } from "./records-view.ts";
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
  /** Puts the reader back to a record of the table. */
  goToRecord(line: number): void;
}

/** Draws the state into `root`. Only the part whose data changed is made anew, so that an opened section stays open and the place on the page is kept. */
export function createView(root: Element, actions: SummaryActions & RecordsActions & CorrectionActions & ReviewActions): View {
  const failure = element("div", { class: "failure", attributes: { role: "alert" } });
  const summary = element("div", { class: "summary" });
  const people = element("div", { class: "people" });
  const records = element("section", { class: "record-list", attributes: { "aria-labelledby": "records" } });
  const announcement = element("div", { class: "visually-hidden", attributes: { "aria-live": "polite" } });
  const correction = element("div", { class: "correction-place", on: { keydown: (event) => correctionKeys(event as KeyboardEvent, actions) } });
  const done = element("div", { class: "done", attributes: { role: "status" } });
  records.addEventListener("keydown", (event) => {
    if (shown?.review) reviewKeys(event, shown, actions);
    else correctByKey(event, actions);
  });
  root.replaceChildren(failure, done, summary, people, records, correction, announcement);
  let shown: State | undefined;
  return {
    goToRecords() {
      records.scrollIntoView({ block: "start" });
      records.querySelector<HTMLElement>("h2")?.focus();
    },
    goToReview() {
      const item = records.querySelector<HTMLElement>(".review");
      // Who is writing a correction is not taken away from it.
      if (!correction.contains(document.activeElement)) item?.focus({ preventScroll: true });
      records.scrollIntoView({ block: "start" });
    },
    goToCorrection: () => correction.querySelector("textarea")?.focus(),
    goToRecord: (line) => (records.querySelector<HTMLElement>(".review") ?? records.querySelector<HTMLElement>(`[data-key="correct ${line}"]`) ?? records.querySelector<HTMLElement>("h2"))?.focus(),
    show(state) {
      if (shown?.failure !== state.failure) replaceContent(failure, state.failure);
      if (shown?.done !== state.done) replaceContent(done, state.done);
      if (isOtherCorrection(shown, state)) replaceContent(correction, ...correctionView(state, actions));
      showDraft(correction, state);
      if (!shown || shown.overview !== state.overview || shown.analysis !== state.analysis) replaceContent(summary, ...(state.overview ? summaryView(state.overview, state.analysis, actions) : [element("p", { class: "muted", text: "Loading…" })]));
      if (!shown || shown.overview !== state.overview || shown.people !== state.people || shown.review !== state.review) replaceContent(people, ...peopleView(state));
      if (!shown || shown.overview !== state.overview || shown.page !== state.page || shown.group !== state.group || shown.filter !== state.filter || shown.open !== state.open || shown.review !== state.review) replaceContent(records, ...(state.review ? reviewView(state, actions) : recordsView(state, actions)));
      if (state.page && shown?.page !== state.page) announcement.textContent = `${state.page.records} records, page ${state.page.page + 1} of ${state.page.pages}`;
      shown = state;
    },
  };
}

/** What is written is not drawn anew while it is written. */
function isOtherCorrection(before: State | undefined, { correcting, overview }: State): boolean {
  const old = before?.correcting;
  return old?.line !== correcting?.line || old?.record !== correcting?.record || old?.rejected !== correcting?.rejected || old?.asked !== correcting?.asked || before?.overview !== overview;
}

/** C on a record corrects it. */
function correctByKey(event: KeyboardEvent, actions: CorrectionActions): void {
  if (event.key.toLowerCase() !== "c" || event.ctrlKey || event.metaKey || event.altKey) return;
  const line = (event.target as Element).closest<HTMLElement>("tr[data-line]")?.dataset["line"];
  if (line === undefined) return;
  event.preventDefault();
  actions.correct(Number(line));
}
