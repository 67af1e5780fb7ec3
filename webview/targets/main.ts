import "../ui/theme.css";
import "./style.css";
import { connect } from "../../src/protocol/channel.ts";
import type { TargetsPanel } from "../../src/protocol/targets-panel.ts";
import { createAsk } from "../ui/ask.ts";
import { acquireHost } from "../ui/host.ts";
import { registerControls } from "../ui/toolkit.ts";
import { begin, reduce, toRemember, type Action, type State } from "./state.ts";
import { createView } from "./view.ts";

registerControls();
const host = acquireHost();
const ask = createAsk((message) => act({ type: "failure", message }));
const channel = connect<TargetsPanel>(host.port, { changed: (table) => act({ type: "table", table }) });
const view = createView(document.getElementById("root") ?? document.body, {
  checkAgain: () => {
    act({ type: "checking" });
    void ask(channel.request("checkAgain", null)).then(() => act({ type: "checked" }));
  },
  choose: (target) => void ask(channel.request("choose", { target })),
  openReason: (target, rule) => void ask(channel.request("openReason", { target, rule })),
  showRule: (rule) => void ask(channel.request("showRule", { rule })),
});

let state: State = begin;
view.show(state);
void ask(channel.request("table", null), (table) => act({ type: "table", table }));

function act(action: Action): void {
  state = reduce(state, action);
  if (state.table) host.remember(toRemember(state));
  view.show(state);
}
