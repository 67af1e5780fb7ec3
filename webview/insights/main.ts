import "../ui/theme.css";
import "./style.css";
import { connect } from "../../src/protocol/channel.ts";
import type { InsightsPanel } from "../../src/protocol/insights-panel.ts";
import { createAsk } from "../ui/ask.ts";
import { acquireHost } from "../ui/host.ts";
import { registerControls } from "../ui/toolkit.ts";
import { begin, reduce, toRemember, type Action, type State } from "./state.ts";
import { createView } from "./view.ts";

registerControls();
const host = acquireHost();
const ask = createAsk((message) => act({ type: "failure", message }));
const channel = connect<InsightsPanel>(host.port, { changed: (view) => act({ type: "view", view }) });
const wait = (name: "compare" | "alone" | "readAgain" | "score"): void => {
  act({ type: "busy", busy: true });
  void ask(channel.request(name, null)).then(() => act({ type: "busy", busy: false }));
};
const view = createView(document.getElementById("root") ?? document.body, {
  show: (request) => void ask(channel.request("show", request)),
  compare: () => wait("compare"),
  alone: () => wait("alone"),
  readAgain: () => wait("readAgain"),
  score: () => wait("score"),
  openRecord: (request) => void ask(channel.request("openRecord", request)),
});

let state: State = begin;
view.show(state);
void ask(channel.request("view", null), (first) => act({ type: "view", view: first }));

function act(action: Action): void {
  state = reduce(state, action);
  if (state.view) host.remember(toRemember(state));
  view.show(state);
}
