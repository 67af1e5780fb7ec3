import type { Fact, Moment } from "../../src/jobs/describe-training.ts";
import type { JobOverview } from "../../src/protocol/job-panel.ts";
import { element } from "../ui/element.ts";

/** What is known of the job, what it was started with, and what happened. */
export function factsView({ facts, parameters, timeline }: JobOverview): readonly Node[] {
  return [
    card("Job", list(facts)),
    card("Parameters", parameters.length === 0 ? element("p", { class: "muted", text: "The service does not tell them." }) : list(parameters)),
    card("Timeline", element("ol", { class: "timeline" }, ...timeline.map(momentItem))),
  ];
}

function card(title: string, content: Node): HTMLElement {
  return element("section", { class: "card" }, element("h2", { text: title }), content);
}

function list(facts: readonly Fact[]): HTMLElement {
  return element("dl", { class: "facts" }, ...facts.flatMap(({ name, value }) => [element("dt", { text: name }), element("dd", { text: value })]));
}

function momentItem({ at, text, level, expected }: Moment): HTMLElement {
  const moment = new Date(at);
  const words = { info: "", warn: "Warning: ", error: "Error: " }[level];
  return element("li", { class: expected ? `${level} expected` : level }, element("time", { text: moment.toLocaleString(), attributes: { datetime: moment.toISOString() } }), element("span", { text: `${words}${text}` }));
}
