import type { JobAction } from "../../src/jobs/job-actions.ts";
import type { JobOverview } from "../../src/protocol/job-panel.ts";
import { element, replaceContent } from "../ui/element.ts";
import { createCurvesView, type CurveActions } from "./curves-view.ts";
import { doctorView } from "./doctor-view.ts";
import { factsView } from "./facts-view.ts";
import type { State } from "./state.ts";

export interface Actions extends CurveActions {
  refresh(): void;
  act(action: JobAction): void;
}

/** In the order in which they stand. */
const buttons: Readonly<Record<JobAction, string>> = {
  evaluate: "Evaluate", startAgain: "Start Again", compareRuns: "What Changed", migrate: "Migrate", showEvents: "Show Events", openPage: "Open in Browser", download: "Download", deploy: "Deploy Model", pause: "Pause Job", resume: "Resume Job", cancel: "Cancel Job", delete: "Delete Job",
};

export interface View {
  show(state: State): void;
  /** Draws the curves again, in the colours of another theme. */
  repaint(): void;
}

/** Draws the state into `root`. */
export function createView(root: Element, actions: Actions): View {
  const failure = element("div", { class: "failure", attributes: { role: "alert" } });
  const waiting = element("p", { class: "muted", text: "Asking for the job…" });
  const head = element("div");
  const doctor = element("section", { class: "doctor", attributes: { "aria-labelledby": "doctor-title" } });
  const curves = createCurvesView(actions);
  const facts = element("div", { class: "cards" });
  const announcement = element("div", { class: "visually-hidden", attributes: { "aria-live": "polite" } });
  const content = element("div", { class: "content" }, head, doctor, curves.root, facts);
  root.replaceChildren(failure, waiting, content, announcement);
  const open = new Set<string>();
  let shown: State | undefined;
  return {
    show(state) {
      const { overview, asking } = state;
      if (shown?.failure !== state.failure || shown?.overview?.missing !== overview?.missing) replaceContent(failure, state.failure ?? overview?.missing);
      waiting.hidden = overview !== undefined || state.failure !== undefined;
      content.hidden = overview === undefined;
      if (overview && (shown?.overview !== overview || shown.asking !== asking)) replaceContent(head, headOf(overview, asking, actions));
      if (overview && shown?.overview !== overview) {
        replaceContent(doctor, ...doctorView(overview, open));
        replaceContent(facts, ...factsView(overview));
        const [gravest] = overview.advice;
        const said = `${overview.state}${gravest ? `. ${gravest.title}` : ""}`;
        // Numbers that move are for those who ask for them; a new state is for all.
        if (overview.finished || gravest?.title !== shown?.overview?.advice[0]?.title) announcement.textContent = said;
      }
      curves.show(state);
      shown = state;
    },
    repaint: curves.repaint,
  };
}

function headOf({ name, service, state, error, actions: allowed }: JobOverview, asking: boolean, actions: Actions): HTMLElement {
  const button = (text: string, key: string, act: () => void, disabled = false): HTMLElement => element("vscode-button", { text, attributes: { appearance: key === "evaluate" ? undefined : "secondary", disabled, "data-key": key }, on: { click: act } });
  return element("header", { class: "head" },
    element("div", {}, element("h1", { text: name }), element("p", { class: "muted", text: service }), element("p", { class: "state", text: state }), error === undefined ? undefined : element("p", { class: "error", text: error })),
    element("div", { class: "actions" },
      ...(Object.keys(buttons) as JobAction[]).filter((action) => allowed.includes(action)).map((action) => button(buttons[action], action, () => actions.act(action))),
      button(asking ? "Asking…" : "Refresh", "refresh", actions.refresh, asking)));
}
