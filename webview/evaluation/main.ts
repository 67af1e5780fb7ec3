import "../ui/theme.css";
import "./style.css";
import "./analysis.css";
import "./correction.css";
import { connect } from "../../src/protocol/channel.ts";
import type { EvaluationPanel, ReviewMode } from "../../src/protocol/evaluation-panel.ts";
import { createAsk } from "../ui/ask.ts";
import { acquireHost } from "../ui/host.ts";
import { registerControls } from "../ui/toolkit.ts";
import { begin, reduce, toRemember, toRequest, type Action, type State } from "./state.ts";
import { createView } from "./view.ts";

registerControls();
const host = acquireHost();
const ask = createAsk((message) => act({ type: "failure", message }));
const channel = connect<EvaluationPanel>(host.port, {
  changed: () => {
    act({ type: "changed" });
    loadAll();
  },
  corrected: () => {
    loadOverview();
    loadPage();
  },
});
const view = createView(document.getElementById("root") ?? document.body, {
  openReport: () => void ask(channel.request("openReport", null)),
  exportReport: () => void ask(channel.request("exportReport", null)),
  evaluateAgain: () => void ask(channel.request("evaluateAgain", null)),
  openRecord: (line) => void ask(channel.request("openRecord", { line })),
  compare: (pair) => {
    act({ type: "pair", pair });
    loadOverview();
    loadPage();
    loadPeople();
    if (state.review) loadTurn({ mode: state.review.mode });
  },
  filter: (filter) => {
    act({ type: "filter", filter });
    loadPage();
  },
  showGroup: (group) => {
    act({ type: "group", group });
    loadPage();
    if (group) view.goToRecords();
  },
  turn: (page) => {
    act({ type: "turn", page });
    loadPage();
  },
  open: (line) => {
    act({ type: "open", line });
    void ask(channel.request("record", { line }), (record) => act({ type: "record", record }));
  },
  close: (line) => act({ type: "close", line }),
  correct: (line) => {
    act({ type: "correct", line });
    loadRecord(line);
  },
  draft: (answer) => act({ type: "draft", answer }),
  reject: (candidate) => act({ type: "reject", candidate }),
  leave: () => {
    const line = state.correcting?.line;
    act({ type: "leave" });
    if (line !== undefined) view.goToRecord(line);
  },
  add: (kind) => {
    const request = toRequest(state, kind);
    if (!request) return;
    act({ type: "ask" });
    void ask(channel.request("correct", request), (corrected) => {
      act({ type: "corrected", words: corrected?.words });
      if (!corrected) return view.goToCorrection();
      view.goToRecord(corrected.line);
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
let returnTo: number | undefined;
view.show(state);
loadAll();
if (state.review) loadTurn({ mode: state.review.mode });
if (state.correcting) loadRecord(state.correcting.line);

function act(action: Action): void {
  state = reduce(state, action);
  host.remember(toRemember(state));
  view.show(state);
}

function loadAll(): void {
  loadOverview();
  loadPage();
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
    if (shown && pair === state.pair && pair && String(shown) !== String(pair)) {
      act({ type: "pair", pair: shown });
      loadPage();
    }
    const returning = state.correcting?.line;
    act({ type: "overview", overview });
    if (returning !== undefined && !state.correcting) returnTo = returning;
    goBack();
  });
}

function loadPage(): void {
  const requested = { filter: state.filter, page: state.wanted, pair: state.pair, group: state.group };
  void ask(channel.request("page", requested), (page) => {
    act({ type: "page", requested, page });
    goBack();
  });
}

/** Puts the reader back to the record whose correction was made while the page was hidden, once the table is there. */
function goBack(): void {
  if (returnTo === undefined || !state.page) return;
  view.goToRecord(returnTo);
  returnTo = undefined;
}
