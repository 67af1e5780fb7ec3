import type { CheckOverview, Overview, RowFilter } from "../../src/protocol/records-viewer.ts";
import { element } from "../ui/element.ts";
import { fileSize } from "./file-size.ts";
import type { State } from "./state.ts";

/** What the bar above the list can ask for. */
export interface BarActions {
  filter(filter: RowFilter): void;
  go(line: number): void;
  findFlagged(direction: "next" | "previous"): void;
  fixToNewFile(): void;
  check(): void;
  reload(): void;
}

/** What the file is, what was found in it, and ways through it. */
export function barView({ overview, filter }: State, actions: BarActions): readonly Node[] {
  if (!overview) return [element("p", { class: "muted", text: "Loading…" })];
  const flagged = overview.check.phase === "done" ? overview.check.flagged : 0;
  return [
    element("div", { class: "facts" },
      element("h1", { text: overview.name }),
      element("span", { class: "muted", text: describeSize(overview) }),
      checkView(overview.check, overview.stale !== undefined, actions),
    ),
    element("div", { class: "ways" },
      filters(filter, flagged, overview.chosen, actions),
      button("Previous finding", "↑ Previous finding", flagged === 0, () => actions.findFlagged("previous")),
      button("Next finding", "↓ Next finding", flagged === 0, () => actions.findFlagged("next")),
      element("label", { class: "go" }, "Go to line", element("input", {
        attributes: { type: "text", inputmode: "numeric", size: 9, "data-key": "go", "aria-description": "Enter goes there" },
        on: { keydown: (event) => go(event as KeyboardEvent, actions) },
      })),
      overview.check.phase === "done" && overview.check.fixable > 0 ? button("Fix", `Fix ${overview.check.fixable.toLocaleString()} to New File…`, false, () => actions.fixToNewFile()) : undefined,
    ),
  ];
}

/** That the file on disk is another one now, or cannot be read; nothing where all is well. */
export function noticeView({ overview, failure }: State, actions: Pick<BarActions, "reload">): readonly Node[] {
  const again = (): HTMLElement => element("vscode-button", { text: "Load Again", attributes: { appearance: "secondary", "data-key": "reload" }, on: { click: () => actions.reload() } });
  if (overview?.stale === "changed") return [element("span", { text: `${overview.name} was changed on disk. The list shows it as it was, and its records can no longer be read.` }), again()];
  if (overview?.stale === "gone") return [element("span", { text: `${overview.name} is no longer there. It was moved, renamed or deleted.` }), again()];
  const reason = overview?.index.failure ?? failure;
  return reason === undefined ? [] : [element("span", { text: reason }), again()];
}

function describeSize({ index, byteLength }: Overview): string {
  const lines = `${index.lines.toLocaleString()} ${index.lines === 1 ? "line" : "lines"}`;
  if (index.complete) return `${lines} · ${fileSize(byteLength)}`;
  if (index.failure !== undefined) return lines;
  return byteLength === 0 ? "Reading…" : `${lines} so far · ${fileSize(index.bytes)} of ${fileSize(byteLength)}`;
}

function checkView(check: CheckOverview, stale: boolean, actions: BarActions): HTMLElement {
  const again = stale ? undefined : element("button", { class: "link", text: "Check", attributes: { "data-key": "check" }, on: { click: () => actions.check() } });
  if (check.phase === "running") return element("span", { class: "muted", text: check.progress === "" ? "Checking…" : `Checking… ${check.progress}` });
  if (check.phase === "ended") return element("span", { class: "muted" }, check.reason, " ", again);
  return element("span", { class: "muted", text: check.summary });
}

function filters(shown: RowFilter, flagged: number, chosen: Overview["chosen"], actions: BarActions): HTMLElement {
  const titles: Readonly<Partial<Record<RowFilter, string>>> = { all: "All", flagged: `With findings ${flagged.toLocaleString()}`, ...(chosen ? { chosen: `${shorten(chosen.title)} ${chosen.records.toLocaleString()}` } : {}) };
  return element("fieldset", { class: "choice" },
    element("legend", { class: "visually-hidden", text: "Show" }),
    ...(Object.keys(titles) as RowFilter[]).map((filter) => element("label", {},
      element("input", { attributes: { type: "radio", name: "filter", value: filter, checked: filter === shown, disabled: filter === "flagged" && flagged === 0 && shown !== "flagged", "data-key": `filter ${filter}` }, on: { change: () => actions.filter(filter) } }),
      element("span", { text: titles[filter] ?? "" }),
    )));
}

function button(key: string, text: string, disabled: boolean, act: () => void): HTMLElement {
  return element("vscode-button", { text, attributes: { appearance: "secondary", disabled, "data-key": key }, on: { click: act } });
}

function go(event: KeyboardEvent, actions: BarActions): void {
  if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
  // Numbers are shown in groups of digits, and so may be given.
  const number = Number(event.target.value.replaceAll(/[\s.,’']/g, ""));
  if (Number.isInteger(number) && number >= 1) actions.go(number - 1);
}

/** What chosen records have in common may be a whole system prompt. */
function shorten(title: string): string {
  return title.length > 60 ? `${title.slice(0, 59)}…` : title;
}
