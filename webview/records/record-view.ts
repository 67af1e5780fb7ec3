import type { Reading } from "../../src/dataset/insight/record-content.ts";
import type { Turn } from "../../src/dataset/insight/turns.ts";
import { recordSteps, type RecordDetail } from "../../src/protocol/records-viewer.ts";
import { element } from "../ui/element.ts";
import { fileSize } from "./file-size.ts";
import { severityMark } from "./severity-mark.ts";
import type { State } from "./state.ts";

/** What the record that is shown whole can ask for. */
export interface RecordActions {
  read(reading: Reading): void;
  more(): void;
  openText(line: number): void;
  openRecord(line: number): void;
}

/** The active record, whole: what was found in it, and then its turns or its JSON. */
export function recordView({ line, detail, reading, overview }: State, actions: RecordActions): readonly Node[] {
  if (line === undefined) return [element("p", { class: "muted empty", text: overview?.index.lines === 0 && overview.index.complete ? "The file is empty." : "Choose a record to read it here." })];
  const shown = detail?.line === line ? detail : undefined;
  return [
    element("div", { class: "record-head" },
      element("h2", { text: `Line ${(line + 1).toLocaleString()}` }),
      element("span", { class: "muted size", text: shown ? fileSize(shown.byteLength) : "" }),
      readings(reading, actions),
      element("button", { class: "link", text: "Edit record", attributes: { "data-key": "edit" }, on: { click: () => actions.openRecord(line) } }),
      element("button", { class: "link", text: "Open in text editor", attributes: { "data-key": "text" }, on: { click: () => actions.openText(line) } }),
    ),
    ...(shown ? [...findings(shown), ...content(shown), ...further(shown, actions)] : [element("p", { class: "muted", text: "Loading…" })]),
  ];
}

function readings(chosen: Reading, actions: RecordActions): HTMLElement {
  const titles: Readonly<Record<Reading, string>> = { conversation: "Conversation", json: "JSON" };
  return element("fieldset", { class: "choice" },
    element("legend", { class: "visually-hidden", text: "Show as" }),
    ...(Object.keys(titles) as Reading[]).map((reading) => element("label", {},
      element("input", { attributes: { type: "radio", name: "reading", value: reading, checked: reading === chosen, "data-key": `reading ${reading}` }, on: { change: () => actions.read(reading) } }),
      element("span", { text: titles[reading] }),
    )));
}

function findings({ findings: own, furtherFindings }: RecordDetail): readonly Node[] {
  if (own.length === 0 && !furtherFindings) return [];
  return [element("ul", { class: "findings", attributes: { "aria-label": "Findings" } },
    ...own.map(({ rule, severity, message, column }) => element("li", {}, severityMark(severity), element("span", {}, message, " ", element("span", { class: "muted", text: `${rule}, column ${column.toLocaleString()}` })))),
    ...(furtherFindings ? [element("li", { class: "muted" }, element("span", { class: "mark" }), "More was found here than is listed: only the first findings of each rule are kept.")] : []),
  )];
}

function content({ content: given }: RecordDetail): readonly Node[] {
  if (given.reading === "json") return [element("pre", { class: "json", text: given.text })];
  return [
    ...given.turns.map(turn),
    ...given.rest.map(({ key, json }) => element("section", { class: "turn rest" }, element("h3", { text: key }), element("pre", { text: json }))),
  ];
}

function turn({ role, text, more }: Turn): HTMLElement {
  return element("section", { class: "turn" },
    element("h3", { text: role }),
    text === "" && more === undefined ? element("em", { class: "muted", text: "(empty)" }) : undefined,
    text === "" ? undefined : element("div", { class: "text", text }),
    more === undefined ? undefined : element("pre", { text: more }),
  );
}

/** A long record is read step by step. */
function further({ bytes, byteLength, mostBytes }: RecordDetail, actions: RecordActions): readonly Node[] {
  if (bytes >= byteLength) return [];
  const last = mostBytes >= Math.max(...recordSteps);
  return [element("p", { class: "further" },
    `${fileSize(bytes)} of ${fileSize(byteLength)} are shown. `,
    last ? "The rest is for a text editor." : element("button", { class: "link", text: "Show more", attributes: { "data-key": "more" }, on: { click: () => actions.more() } }),
  )];
}
