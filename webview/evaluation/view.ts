import { element, replaceContent } from "../ui/element.ts";
import { recordsView, type RecordsActions } from "./records-view.ts";
import type { State } from "./state.ts";
import type { SummaryActions } from "./summary-actions.ts";
import { summaryView } from "./summary-view.ts";

export interface View {
  show(state: State): void;
  /** Puts the reader before the table of records. */
  goToRecords(): void;
}

/** Draws the state into `root`. Only the part whose data changed is made anew, so that an opened section stays open and the place on the page is kept. */
export function createView(root: Element, actions: SummaryActions & RecordsActions): View {
  const failure = element("div", { class: "failure", attributes: { role: "alert" } });
  const summary = element("div", { class: "summary" });
  const records = element("section", { class: "record-list", attributes: { "aria-labelledby": "records" } });
  const announcement = element("div", { class: "visually-hidden", attributes: { "aria-live": "polite" } });
  root.replaceChildren(failure, summary, records, announcement);
  let shown: State | undefined;
  return {
    goToRecords() {
      records.scrollIntoView({ block: "start" });
      records.querySelector<HTMLElement>("h2")?.focus();
    },
    show(state) {
      if (shown?.failure !== state.failure) replaceContent(failure, state.failure);
      if (!shown || shown.overview !== state.overview || shown.analysis !== state.analysis) replaceContent(summary, ...(state.overview ? summaryView(state.overview, state.analysis, actions) : [element("p", { class: "muted", text: "Loading…" })]));
      if (!shown || shown.overview !== state.overview || shown.page !== state.page || shown.group !== state.group || shown.filter !== state.filter || shown.open !== state.open) replaceContent(records, ...recordsView(state, actions));
      if (state.page && shown?.page !== state.page) announcement.textContent = `${state.page.records} records, page ${state.page.page + 1} of ${state.page.pages}`;
      shown = state;
    },
  };
}
