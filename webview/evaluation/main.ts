import "../ui/theme.css";
import "./style.css";
import { connect } from "../../src/protocol/channel.ts";
import type { EvaluationPanel } from "../../src/protocol/evaluation-panel.ts";
import { createAsk } from "../ui/ask.ts";
import { acquireHost } from "../ui/host.ts";
import { registerControls } from "../ui/toolkit.ts";
import { begin, reduce, toRemember, type Action, type State } from "./state.ts";
import { createView } from "./view.ts";

registerControls();
const host = acquireHost();
const ask = createAsk((message) => act({ type: "failure", message }));
const channel = connect<EvaluationPanel>(host.port, {
  changed: (overview) => {
    act({ type: "overview", overview });
    loadPage();
  },
});
const view = createView(document.getElementById("root") ?? document.body, {
  openReport: () => void ask(channel.request("openReport", null)),
  exportReport: () => void ask(channel.request("exportReport", null)),
  evaluateAgain: () => void ask(channel.request("evaluateAgain", null)),
  openRecord: (line) => void ask(channel.request("openRecord", { line })),
  filter: (filter) => {
    act({ type: "filter", filter });
    loadPage();
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
});

let state: State = begin(host.remembered);
view.show(state);
void ask(channel.request("overview", null), (overview) => act({ type: "overview", overview }));
loadPage();

function act(action: Action): void {
  state = reduce(state, action);
  host.remember(toRemember(state));
  view.show(state);
}

function loadPage(): void {
  const requested = { filter: state.filter, page: state.wanted };
  void ask(channel.request("page", requested), (page) => act({ type: "page", requested, page }));
}
