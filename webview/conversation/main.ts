import "../ui/theme.css";
import "./style.css";
import { connect } from "../../src/protocol/channel.ts";
import type { ConversationPanel } from "../../src/protocol/conversation-panel.ts";
import { createAsk } from "../ui/ask.ts";
import { acquireHost } from "../ui/host.ts";
import { begin, reduce, toRemember, type Action, type State } from "./state.ts";
import { createView } from "./view.ts";

const host = acquireHost();
const ask = createAsk((message) => act({ type: "failure", message }));
const channel = connect<ConversationPanel>(host.port, { changed: (shown) => act({ type: "shown", shown }) });
const view = createView(document.getElementById("root") ?? document.body, {
  step: (direction) => void ask(channel.request("step", { direction })),
  edit: () => void ask(channel.request("edit", null)),
});

let state: State = begin;
view.show(state);
void ask(channel.request("shown", null), (shown) => act({ type: "shown", shown }));

function act(action: Action): void {
  state = reduce(state, action);
  if (state.shown) host.remember(toRemember(state));
  view.show(state);
}
