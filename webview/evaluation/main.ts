import "../ui/theme.css";
import "./style.css";
import "./analysis.css";
import "./correction.css";
import { connect } from "../../src/protocol/channel.ts";
import type { ReviewMode } from "../../src/evaluation/review/review-turns.ts";
import type { EvaluationPanel, ShownRow } from "../../src/protocol/evaluation-panel.ts";
import { createAsk } from "../ui/ask.ts";
import { acquireHost } from "../ui/host.ts";
import { createRowCache } from "../ui/row-cache.ts";
import { registerControls } from "../ui/toolkit.ts";
import { createVirtualList } from "../ui/virtual-list.ts";
import { rowView } from "./records-view.ts";
import { begin, listsTheSame, reduce, toQuery, toRemember, toRequest, type Action, type State } from "./state.ts";
import { createView } from "./view.ts";

registerControls();
const host = acquireHost();
const ask = createAsk((message) => act({ type: "failure", message }));
const channel = connect<EvaluationPanel>(host.port, {
  changed: () => {
    act({ type: "changed" });
    listAnew();
    loadAll();
  },
  corrected: () => {
    loadOverview();
    listAnew();
  },
});
const cache = createRowCache<ShownRow>(loadRows, rowsArrived, (error) => act({ type: "failure", message: error instanceof Error ? error.message : String(error) }));
const list = createVirtualList({
  label: "Records",
  draw: (place) => rowView(cache.row(place)),
  shown: (first, end) => cache.want(first, end),
  activated: (place) => act({ type: "come", place, line: cache.row(place)?.line }),
  opened: () => view.goToRecord(),
});
const view = createView(document.getElementById("root") ?? document.body, list, {
  openReport: () => void ask(channel.request("openReport", null)),
  exportReport: () => void ask(channel.request("exportReport", null)),
  evaluateAgain: () => void ask(channel.request("evaluateAgain", null)),
  openRecord: (line) => void ask(channel.request("openRecord", { line })),
  compare: (pair) => {
    act({ type: "pair", pair });
    loadOverview();
    loadPeople();
    if (state.review) loadTurn({ mode: state.review.mode });
  },
  filter: (filter) => act({ type: "query", query: { filter } }),
  order: (order) => act({ type: "query", query: { order } }),
  search(text) {
    window.clearTimeout(typing);
    typing = window.setTimeout(() => act({ type: "query", query: { search: text } }), 200);
  },
  showGroup(group) {
    act({ type: "group", group });
    if (group) view.goToRecords();
  },
  read: (reading) => act({ type: "read", reading }),
  differFrom: (from) => act({ type: "from", from }),
  correct: (line) => {
    act({ type: "correct", line });
    loadRecord(line);
  },
  draft: (answer) => act({ type: "draft", answer }),
  reject: (candidate) => act({ type: "reject", candidate }),
  leave: () => {
    act({ type: "leave" });
    view.goBack();
  },
  add: (kind) => {
    const request = toRequest(state, kind);
    if (!request) return;
    act({ type: "ask" });
    void ask(channel.request("correct", request), (corrected) => {
      act({ type: "corrected", words: corrected?.words });
      if (!corrected) return view.goToCorrection();
      view.goBack();
    });
  },
  review: (mode) => {
    act({ type: "review", mode });
    loadTurn({ mode });
  },
  say: (word) => {
    const { mode, turn } = state.review ?? {};
    // Who is fast must not say of one item what is meant for the next.
    if (!mode || !turn?.item || saying) return;
    const { place } = turn.item;
    saying = true;
    void ask(channel.request("review", { mode, pair: state.pair, place, word }), (next) => {
      act({ type: "reviewTurn", turn: next });
      view.goToReview();
      loadPeople();
    }).finally(() => (saying = false));
  },
  goTo: (place) => {
    if (state.review) loadTurn({ mode: state.review.mode, place });
  },
  rewrite: () => {
    const { mode, turn } = state.review ?? {};
    if (!mode || !turn?.item) return;
    const blind = { mode, pair: state.pair, place: turn.item.place };
    act({ type: "correct", line: turn.item.line, blind });
    loadRecord(turn.item.line);
  },
  endReview: () => {
    act({ type: "endReview" });
    view.goToRecords();
  },
  startNextRun: () => void ask(channel.request("startNextRun", null)),
});

let state: State = begin(host.remembered);
let saying = false;
let typing: number | undefined;
/** The line of the record that is on its way. */
let loading: number | undefined;
let isReturning = false;
view.show(state);
cache.want(state.place, state.place + 1);
loadAll();
if (state.review) loadTurn({ mode: state.review.mode });
if (state.correcting) loadRecord(state.correcting.line);

function act(action: Action): void {
  const before = state;
  state = reduce(state, action);
  host.remember(toRemember(state));
  if (!listsTheSame(before, state)) listAnew();
  view.show(state);
  loadShown();
}

function loadRows(first: number, count: number): Promise<{ readonly rows: readonly ShownRow[] }> {
  const asked = state;
  return channel.request("rows", { query: toQuery(state), first, count }).then((rows) => {
    if (listsTheSame(asked, state) && state.total !== rows.total) act({ type: "listed", total: rows.total });
    return rows;
  });
}

/** Forgets the rows; those that are wanted next are asked for as they are now. */
function listAnew(): void {
  cache.clear();
  cache.want(state.place, state.place + 1);
}

function rowsArrived(): void {
  list.update(state.total ?? 0, false);
  list.activate(state.total === 0 ? undefined : state.place);
  const line = cache.row(state.place)?.line;
  if (line !== undefined && line !== state.line) act({ type: "come", place: state.place, line });
  goBack();
}

/** The record that the list has come to, one at a time: who walks through the list does not wait for those that were passed. */
function loadShown(): void {
  const { line, record } = state;
  if (line === undefined || record?.line === line || loading !== undefined) return;
  loading = line;
  void ask(channel.request("record", { line }), (shown) => {
    loading = undefined;
    act({ type: "shown", record: shown });
  }).finally(() => {
    loading = undefined;
  });
}

function loadAll(): void {
  loadOverview();
  loadPeople();
  void ask(channel.request("analysis", null), (analysis) => act({ type: "analysis", analysis }));
}

/** The record that is corrected; the reader goes to where it is written. */
function loadRecord(line: number): void {
  void ask(channel.request("record", { line, blind: state.correcting?.blind }), (record) => {
    act({ type: "record", record });
    view.goToCorrection();
  });
}

function loadTurn({ mode, place }: { mode: ReviewMode; place?: number }): void {
  void ask(channel.request("reviewTurn", { mode, pair: state.pair, place }), (turn) => {
    act({ type: "reviewTurn", turn });
    view.goToReview();
  });
}

function loadPeople(): void {
  void ask(channel.request("reviewSummary", { pair: state.pair }), (people) => act({ type: "people", people }));
}

function loadOverview(): void {
  const { pair } = state;
  void ask(channel.request("overview", { pair }), (overview) => {
    // A report that has fewer candidates than it had is shown by its first two.
    const shown = overview.plan?.pair;
    if (shown && pair === state.pair && pair && String(shown) !== String(pair)) act({ type: "pair", pair: shown });
    const returning = state.correcting?.line;
    act({ type: "overview", overview });
    if (returning !== undefined && !state.correcting) isReturning = true;
    goBack();
  });
}

/** Puts the reader back to the records where a correction was made while the page was hidden, once they are there. */
function goBack(): void {
  if (!isReturning || state.total === undefined) return;
  view.goBack();
  isReturning = false;
}
