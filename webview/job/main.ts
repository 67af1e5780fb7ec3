import "uplot/dist/uPlot.min.css";
import "../ui/theme.css";
import "./style.css";
import type { JobReference } from "../../src/jobs/job.ts";
import { connect } from "../../src/protocol/channel.ts";
import type { JobPanel } from "../../src/protocol/job-panel.ts";
import { createAsk } from "../ui/ask.ts";
import { acquireHost } from "../ui/host.ts";
import { registerControls } from "../ui/toolkit.ts";
import { begin, isSame, reduce, rememberedRuns, toRemember, type Action, type State } from "./state.ts";
import { createView } from "./view.ts";

registerControls();
const host = acquireHost();
const ask = createAsk((message) => act({ type: "failure", message }));
const channel = connect<JobPanel>(host.port, {
  changed: (overview) => {
    act({ type: "overview", overview });
    // A run that is still under way has more to show, too.
    for (const { job } of state.runs) if (overview.others.some((other) => isSame(other.job, job) && !other.finished)) compare(job);
  },
});
const view = createView(document.getElementById("root") ?? document.body, {
  refresh: () => {
    act({ type: "asking" });
    void ask(channel.request("refresh", null)).then(() => act({ type: "asked" }));
  },
  act: (action) => void ask(channel.request("act", action)),
  scale: (scale) => act({ type: "scale", scale }),
  smooth: (smoothing) => act({ type: "smoothing", smoothing }),
  add: compare,
  remove: (job) => act({ type: "remove", job }),
});

const kept = rememberedRuns(host.remembered);
let state: State = begin(host.remembered);
view.show(state);
void ask(channel.request("overview", null), (overview) => {
  act({ type: "overview", overview });
  kept.forEach(compare);
});
// VS Code changes the theme of a page that is open; a canvas has to be drawn again for it.
new MutationObserver(() => view.repaint()).observe(document.body, { attributes: true, attributeFilter: ["class"] });

function compare(job: JobReference): void {
  void ask(channel.request("compare", job), (run) => act({ type: "add", run }));
}

function act(action: Action): void {
  state = reduce(state, action);
  if (state.overview) host.remember(toRemember(state));
  view.show(state);
}
