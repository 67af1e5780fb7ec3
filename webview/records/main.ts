import "../ui/theme.css";
import "./style.css";
import { connect } from "../../src/protocol/channel.ts";
import type { RecordsViewer } from "../../src/protocol/records-viewer.ts";
import { acquireHost } from "../ui/host.ts";
import { registerControls } from "../ui/toolkit.ts";
import { createRowCache } from "../ui/row-cache.ts";
import { rowView } from "./row-view.ts";
import { answers, begin, listLength, reduce, toRemember, wantedRecord, type Action, type State } from "./state.ts";
import { createView } from "./view.ts";
import { createVirtualList } from "../ui/virtual-list.ts";

registerControls();
const host = acquireHost();
const channel = connect<RecordsViewer>(host.port, {
  changed: (overview) => act({ type: "overview", overview }),
  reveal: ({ line }) => go(line),
});
const cache = createRowCache(
  (first, count) => channel.request("rows", { filter: state.filter, first, count }),
  () => {
    list.update(listLength(state), isGrowing(state));
    if (state.line === undefined && state.place >= 0 && cache.row(state.place)) come(state.place);
  },
  fail,
);
const list = createVirtualList({
  label: "Records",
  draw: (place) => rowView(cache.row(place), lineAt(place)),
  shown: (first, end) => cache.want(first, end),
  activated: come,
  opened: () => view.focusRecord(),
});
let state: State = begin(host.remembered);
const view = createView(document.getElementById("root") ?? document.body, list, {
  filter: (filter) => {
    const from = state.line;
    if (filter === "chosen") return act({ type: "filter", filter, place: 0 });
    if (filter === "all" || from === undefined) return act({ type: "filter", filter, place: filter === "all" ? (from ?? -1) : -1 });
    // The record that is shown, or the next one that has a finding.
    ask(channel.request("findFlagged", { line: from - 1, direction: "next" }), (found) => {
      act({ type: "filter", filter, place: -1 });
      if (found) act({ type: "come", ...found });
    });
  },
  go,
  findFlagged,
  fixToNewFile: () => ask(channel.request("fixToNewFile", null)),
  check: () => ask(channel.request("check", null)),
  reload: () => ask(channel.request("reload", null)),
  read: (reading) => act({ type: "reading", reading }),
  more: () => act({ type: "more" }),
  openRecord: (line) => ask(channel.request("openRecord", { line })),
  openText: (line) => ask(channel.request("openText", { line })),
});

let asking = false;
view.show(state);
list.focus();
loadRecord();
ask(channel.request("overview", null), (overview) => {
  act({ type: "overview", overview });
  if (overview.reveal !== undefined) go(overview.reveal);
});
window.addEventListener("keydown", (event) => {
  if (event.key !== "F8") return;
  event.preventDefault();
  findFlagged(event.shiftKey ? "previous" : "next");
});

function act(action: Action): void {
  const before = state;
  state = reduce(state, action);
  // Rows are kept by their place in the list that the filter gives; until the filter changes, the list of before may still ask for some.
  if (before.overview?.generation !== state.overview?.generation || before.filter !== state.filter) cache.clear();
  host.remember(toRemember(state));
  view.show(state);
  loadRecord();
}

function come(place: number): void {
  const line = lineAt(place);
  act({ type: "come", place, ...(line === undefined ? {} : { line }) });
}

/** Shows a line in the list of all, or where the filter has it. */
function go(line: number): void {
  const last = (state.overview?.index.lines ?? 0) - 1;
  if (state.filter !== "all") act({ type: "filter", filter: "all", place: -1 });
  const place = state.overview?.index.complete ? Math.min(line, last) : line;
  if (place >= 0) act({ type: "come", place, line: place });
}

function findFlagged(direction: "next" | "previous"): void {
  ask(channel.request("findFlagged", { line: state.line ?? -1, direction }), (found) => {
    if (!found) return;
    // Which of the chosen records have findings is not known.
    if (state.filter === "chosen") act({ type: "filter", filter: "all", place: -1 });
    act({ type: "come", line: found.line, place: state.filter === "flagged" ? found.place : found.line });
  });
}

/** The record that is wanted, one at a time: who walks through the list does not wait for those that were passed. */
function loadRecord(): void {
  const wanted = wantedRecord(state);
  if (asking || !wanted || answers(state, state.detail) || wanted.line >= (state.overview?.index.lines ?? 0)) return;
  asking = true;
  channel.request("record", wanted).then(
    (detail) => {
      asking = false;
      act({ type: "record", detail });
    },
    (error: unknown) => {
      asking = false;
      fail(error);
    },
  );
}

function lineAt(place: number): number | undefined {
  return state.filter === "all" ? place : cache.row(place)?.line;
}

function isGrowing({ filter, overview }: State): boolean {
  return filter === "all" && overview?.index.complete !== true;
}

/** Waits for the host; what it could not do is shown. */
function ask<Result>(request: Promise<Result>, then: (result: Result) => void = () => undefined): void {
  request.then(then).catch(fail);
}

function fail(error: unknown): void {
  state = reduce(state, { type: "failure", message: error instanceof Error ? error.message : String(error) });
  view.show(state);
}
