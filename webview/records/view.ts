import { element, replaceContent } from "../ui/element.ts";
import { barView, noticeView, type BarActions } from "./bar-view.ts";
import { recordView, type RecordActions } from "./record-view.ts";
import { answers, listLength, type State } from "./state.ts";
import type { VirtualList } from "../ui/virtual-list.ts";

export interface View {
  show(state: State): void;
  /** Moves the keyboard to the record that is shown whole. */
  focusRecord(): void;
}

/** Draws the state into `root`. Only the part whose data changed is made anew, so that what is typed and where it is scrolled to are kept. */
export function createView(root: Element, list: VirtualList, actions: BarActions & RecordActions): View {
  const notice = element("div", { class: "notice", attributes: { role: "alert" } });
  const bar = element("header", { class: "bar" });
  const empty = element("p", { class: "muted empty" });
  const record = element("section", { class: "record", attributes: { tabindex: 0, "aria-label": "The record that is chosen" } });
  const announcement = element("div", { class: "visually-hidden", attributes: { "aria-live": "polite" } });
  root.replaceChildren(notice, bar, element("div", { class: "panes" }, element("div", { class: "list-pane" }, list.element, empty), record), announcement);
  record.addEventListener("keydown", (event) => event.key === "Escape" && list.focus());
  let shown: State | undefined;

  return {
    show(state) {
      const before = shown;
      shown = state;
      const changed = (...keys: readonly (keyof State)[]): boolean => keys.some((key) => before?.[key] !== state[key]);
      if (!before || changed("overview", "failure")) replaceContent(notice, ...noticeView(state, actions));
      if (!before || changed("overview", "filter")) {
        showBar(state);
        list.update(listLength(state), state.filter === "all" && state.overview?.index.complete !== true);
        empty.textContent = listLength(state) > 0 || !state.overview ? "" : state.filter === "flagged" ? "No line has a finding." : state.overview.index.complete ? "The file is empty." : "";
        announce(before, state);
      }
      if (changed("place", "filter")) list.activate(state.place < 0 ? undefined : state.place);
      if (!before || changed("line", "detail", "reading") || (state.line === undefined && changed("overview"))) {
        // The record that is being left stays until the next has come, so that walking through the list does not flicker.
        if (before && state.detail && !answers(state, state.detail) && before.detail === state.detail) return;
        const scrollTop = before?.detail?.line === state.detail?.line ? record.scrollTop : 0;
        replaceContent(record, ...recordView(state, actions));
        record.scrollTop = scrollTop;
      }
    },
    focusRecord: () => record.focus(),
  };

  function showBar(state: State): void {
    const typed = bar.querySelector<HTMLInputElement>(".go input")?.value ?? "";
    replaceContent(bar, ...barView(state, actions));
    const field = bar.querySelector<HTMLInputElement>(".go input");
    if (field) field.value = typed;
  }

  function announce(before: State | undefined, { overview }: State): void {
    if (!overview) return;
    if (overview.index.complete && before?.overview?.index.complete !== true) announcement.textContent = `${overview.index.lines} lines`;
    if (overview.check.phase === "done" && before?.overview?.check.phase !== "done") announcement.textContent = overview.check.summary;
  }
}
