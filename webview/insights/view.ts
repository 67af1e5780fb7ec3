import type { Bar, Chart } from "../../src/dataset/insight/charts.ts";
import type { InsightsView, OpenRequest, ShowRequest, ViewedFile } from "../../src/protocol/insights-panel.ts";
import { element, replaceContent } from "../ui/element.ts";
import { lengthsOf, shareOf, type State } from "./state.ts";

export interface Actions {
  show(request: ShowRequest): void;
  compare(): void;
  alone(): void;
  readAgain(): void;
  score(): void;
  openRecord(request: OpenRequest): void;
}

export interface View {
  show(state: State): void;
}

/** Draws the state into `root`. Each chart is a table whose cells are buttons: what is seen as bars is read as numbers. */
export function createView(root: Element, actions: Actions): View {
  const failure = element("div", { class: "failure", attributes: { role: "alert" } });
  const content = element("div", { class: "content" });
  const announcement = element("div", { class: "visually-hidden", attributes: { "aria-live": "polite" } });
  root.replaceChildren(failure, content, announcement);
  let shown: State | undefined;
  return {
    show(state) {
      if (shown?.failure !== state.failure) replaceContent(failure, state.failure);
      const { view, busy } = state;
      if (view && (shown?.view !== view || shown.busy !== busy)) replaceContent(content, ...pageView(view, busy, actions));
      else if (!view) replaceContent(content, state.failure === undefined ? element("p", { class: "muted", text: "Reading…" }) : undefined);
      if (view && shown?.view !== view) announcement.textContent = `Insights of ${view.files.map(({ name, records }) => `${name}, ${count(records, "record")}`).join(" and ")}.`;
      shown = state;
    },
  };
}

function pageView({ files, charts, unlikely }: InsightsView, busy: boolean, actions: Actions): readonly Node[] {
  const button = (key: string, text: string, act: () => void): HTMLElement => element("vscode-button", { text, attributes: { appearance: "secondary", disabled: busy, "data-key": key }, on: { click: act } });
  return [
    element("header", { class: "head" },
      element("div", {}, element("h1", { text: files.map(({ name }) => name).join(" and ") }), element("p", { class: "muted", text: files.map(describeFile).join(" ") })),
      element("div", { class: "acts" },
        button("compare", files.length > 1 ? "Compare with Another File…" : "Compare with File…", () => actions.compare()),
        files.length > 1 ? button("alone", `Show ${files[0]?.name ?? ""} Alone`, () => actions.alone()) : undefined,
        button("score", files.length > 1 ? `Find Unlikely Records of ${files[0]?.name ?? ""}…` : "Find Unlikely Records…", () => actions.score()),
        button("again", busy ? "Reading…" : "Read Again", () => actions.readAgain()))),
    ...constantsView(files),
    ...unlikelyView(unlikely, actions),
    element("div", { class: files.length > 1 ? "charts pair" : "charts" }, ...charts.map((chart) => chartView(chart, files, actions))),
    element("footer", { class: "muted" }, ...[...new Set(files.flatMap(({ notes }) => notes))].map((text) => element("p", { text })), element("p", { text: "A bar shows its records in the record viewer." })),
  ];
}

function describeFile({ name, records, unread }: ViewedFile): string {
  return `${name} has ${count(records, "record")}${unread > 0 ? `, and ${count(unread, "line")} without a record that can be read` : ""}.`;
}

function constantsView(files: readonly ViewedFile[]): readonly Node[] {
  const constants = files.flatMap(({ name, constants: own }) => own.map((constant) => ({ name, ...constant })));
  if (constants.length === 0) return [];
  return [element("section", { class: "constants", attributes: { "aria-labelledby": "constants" } },
    element("h2", { text: "Constant text", attributes: { id: "constants" } }),
    element("dl", {}, ...constants.flatMap(({ name, says, text }) => [element("dt", { text: files.length > 1 ? `${name}: ${says}` : says }), element("dd", {}, element("code", { text }))])))];
}

/** The records that a model finds unlikely, each with a button that opens it. */
function unlikelyView(unlikely: InsightsView["unlikely"], actions: Actions): readonly Node[] {
  if (!unlikely) return [];
  const { model, notes, records } = unlikely;
  return [element("section", { class: "card unlikely", attributes: { "aria-labelledby": "unlikely" } },
    element("h2", { text: `Records that ${model} does not believe`, attributes: { id: "unlikely" } }),
    ...notes.map((text) => element("p", { class: "muted", text })),
    element("div", { class: "scroll", attributes: { tabindex: 0, role: "region", "aria-label": "Table of unlikely records" } },
      element("table", { attributes: { "aria-labelledby": "unlikely" } },
        element("thead", {}, element("tr", {}, ...["Line", "Loss", "Answer", "Question"].map((text) => element("th", { text, attributes: { scope: "col" } })))),
        element("tbody", {}, ...records.map(({ line, loss, question, answer }) => element("tr", {},
          element("th", { attributes: { scope: "row" } }, element("button", { class: "link", text: String(line + 1), attributes: { "aria-label": `Open the record of line ${line + 1}`, title: "Open this record", "data-key": `unlikely ${line}` }, on: { click: () => actions.openRecord({ line }) } })),
          element("td", { text: loss.toFixed(2) }), element("td", { class: "text", text: answer }), element("td", { class: "text", text: question })))))))];
}

function chartView(chart: Chart, files: readonly ViewedFile[], actions: Actions): HTMLElement {
  const { id, title, notes, bars } = chart;
  const lengths = lengthsOf(chart, files.map(({ records }) => records));
  const words = notes.map((note, file) => (note === "" ? "" : files.length > 1 ? `${files[file]?.name ?? ""}: ${note}` : note)).filter((note) => note !== "");
  return element("section", { class: "card", attributes: { "aria-labelledby": `title-${id}`, "data-chart": id } },
    element("h2", { text: title, attributes: { id: `title-${id}` } }),
    ...words.map((text) => element("p", { class: "muted", text })),
    element("div", { class: "scroll" },
      element("table", { attributes: { "aria-labelledby": `title-${id}` } },
        element("colgroup", {}, element("col", { class: "names" }), ...files.map(() => element("col", {}))),
        element("thead", { class: files.length > 1 ? "" : "visually-hidden" }, element("tr", {}, element("th", { text: title, attributes: { scope: "col" } }), ...files.map(({ name }, file) => element("th", { attributes: { scope: "col" } }, element("span", { class: `swatch file-${file}`, attributes: { "aria-hidden": "true" } }), name)))),
        element("tbody", {}, ...bars.map((bar, place) => barView(chart, bar, place, lengths[place] ?? [], files, actions))))));
}

function barView({ id, title }: Chart, { label, selection, counts }: Bar, place: number, lengths: readonly number[], files: readonly ViewedFile[], actions: Actions): HTMLElement {
  return element("tr", {},
    element("th", { text: label, attributes: { scope: "row", title: label } }),
    ...files.map(({ name, records }, file) => {
      const own = counts[file] ?? 0;
      const drawn = element("span", { class: `bar file-${file}`, attributes: { "aria-hidden": "true" } });
      drawn.style.inlineSize = `${100 * (lengths[file] ?? 0)}%`;
      const hidden = (text: string): HTMLElement => element("span", { class: "visually-hidden", text });
      const numbers = [element("span", { class: "count", text: own.toLocaleString("en") }), hidden(` ${own === 1 ? "record" : "records"} of ${name}, `), element("span", { class: "share", text: shareOf(own, records) })];
      // Nothing would be shown of no records.
      if (own === 0) return element("td", {}, element("span", { class: "cell empty" }, element("span", { class: "track" }), ...numbers));
      return element("td", {}, element("button", {
        class: "cell",
        attributes: { "data-key": `${id} ${place} ${file}`, title: `Show ${count(own, "record")} in the record viewer` },
        on: { click: () => actions.show({ of: file, selection, label }) },
      }, element("span", { class: "track" }, drawn), hidden(`${title}, ${label}: `), ...numbers));
    }));
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
