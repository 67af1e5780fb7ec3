import { perplexityOf } from "../../src/evaluation/likelihood.ts";
import type { JudgedOutcome } from "../../src/evaluation/report-schema.ts";
import type { WholeRecord } from "../../src/evaluation/review/review-turns.ts";
import { showPerplexity } from "../../src/evaluation/sections/words.ts";
import { element, type Child } from "../ui/element.ts";
import { answerNames } from "./names.ts";
import { answerText, mark } from "./parts.ts";
import type { Reading, State } from "./state.ts";
import { wordDifference } from "./word-difference.ts";

/** What the record that is shown can ask for. */
export interface RecordActions {
  openRecord(line: number): void;
  correct(line: number): void;
  read(reading: Reading): void;
  /** Shows answers as changes of the reference, of a candidate's answer by its place, or as they are. */
  differFrom(from: State["from"]): void;
}

const readings: Readonly<Record<Reading, string>> = { answers: "Answers", conversation: "Conversation", json: "JSON" };

/** The record that the list has come to: what was asked, what is right, and what the candidates answered. */
export function recordView(state: State, actions: RecordActions): readonly HTMLElement[] {
  const { line, record, reading } = state;
  if (line === undefined) return [];
  const read = record?.line === line ? record : undefined;
  return [element("section", { class: "record", attributes: { role: "region", tabindex: -1, "aria-label": `Record of line ${line}`, "aria-busy": !read, "data-key": "record" } },
    element("div", { class: "records-head" },
      element("h3", { text: `Line ${line.toLocaleString()}` }),
      element("fieldset", { class: "filters" }, element("legend", { class: "visually-hidden", text: "Show as" }), ...(Object.keys(readings) as Reading[]).map((each) => element("label", {},
        element("input", { attributes: { type: "radio", name: "reading", value: each, checked: each === reading, "data-key": `reading ${each}` }, on: { change: () => actions.read(each) } }), element("span", { text: readings[each] })))),
      reading === "answers" && read ? differenceChooser(state, read, actions) : undefined,
      element("span", { class: "actions" },
        element("button", { class: "link", attributes: { title: "Open this line of the test file", "aria-keyshortcuts": "O", "data-key": "open line" }, on: { click: () => actions.openRecord(line) } }, "Open Line ", element("kbd", { text: "O" })),
        element("button", { class: "link", attributes: { "aria-keyshortcuts": "C", title: "Make a training record or a preference pair of it", "data-key": "correct" }, on: { click: () => actions.correct(line) } }, "Correct ", element("kbd", { text: "C" })))),
    ...(read ? [...cutNote(read), ...content(state, read)] : [element("p", { class: "muted", text: "Loading…" })]))];
}

function content(state: State, record: WholeRecord): readonly HTMLElement[] {
  switch (state.reading) {
    case "answers":
      return answers(state, record);
    case "conversation":
      return [...record.prompt.map(({ role, content: text }) => message(role, text)), message("Reference", record.reference), ...record.answers.map(({ outcome }, index) => message(`${nameOf(state, record, index)}: ${wordOf(outcome)}`, "failure" in outcome ? outcome.failure : outcome.text))];
    case "json":
      return [element("pre", { class: "text", text: JSON.stringify(record, undefined, 2), attributes: { tabindex: 0 } })];
  }
}

/** The question's last message, and the answers next to each other, each as a change of what was chosen. */
function answers(state: State, record: WholeRecord): readonly HTMLElement[] {
  const from = textOf(record, state.from);
  const asked = record.prompt.at(-1);
  return [
    ...(asked ? [message(asked.role, asked.content)] : []),
    element("div", { class: "answers" },
      message("Reference", record.reference),
      ...record.answers.map(({ outcome }, index) => {
        const name = nameOf(state, record, index);
        if ("failure" in outcome) return element("div", { class: "message" }, element("h3", { text: name }), mark("missing", "no answer"), answerText(outcome.failure));
        return element("div", { class: "message" }, element("h3", { text: name }), outcome.right ? mark("right", "right") : mark("wrong", "wrong"),
          ...(from === undefined || state.from === index || outcome.text === "" ? [answerText(outcome.text)] : difference(from, outcome.text)), ...tookOf(outcome));
      })),
  ];
}

function difference(from: string, text: string): readonly Child[] {
  const stretches = wordDifference(from, text);
  if (!stretches) return [answerText(text), element("small", { class: "muted", text: "Too long and too different to be compared word by word." })];
  const tags = { same: "span", added: "ins", removed: "del" } as const;
  return [element("div", { class: "text" }, ...stretches.map(({ kind, text: words }) => element(tags[kind], { text: words })))];
}

function differenceChooser(state: State, record: WholeRecord, actions: RecordActions): HTMLElement {
  const chosen = String(state.from ?? "");
  const options = [["", "nothing"], ["reference", "the reference"], ...record.answers.flatMap(({ outcome }, index) => ("failure" in outcome ? [] : [[String(index), nameOf(state, record, index)]]))];
  return element("label", { class: "chosen" }, "Differences from ", element("select", {
    attributes: { "data-key": "differences" },
    on: { change: (event) => {
      const { value } = event.target as HTMLSelectElement;
      actions.differFrom(value === "" ? undefined : value === "reference" ? value : Number(value));
    } },
  }, ...options.map(([value, text]) => element("option", { text: text ?? "", attributes: { value: value ?? "", selected: value === chosen } }))));
}

function textOf({ reference, answers: given }: WholeRecord, from: State["from"]): string | undefined {
  if (from === undefined || from === "reference") return from && reference;
  const outcome = given[from]?.outcome;
  return outcome && !("failure" in outcome) ? outcome.text : undefined;
}

function nameOf({ overview }: State, { answers: given }: WholeRecord, index: number): string {
  return (overview?.plan ? undefined : answerNames(overview)[index]) ?? given[index]?.name ?? "";
}

function wordOf(outcome: JudgedOutcome): string {
  return "failure" in outcome ? "no answer" : outcome.right ? "right" : "wrong";
}

function message(name: string, text: string): HTMLElement {
  return element("div", { class: "message" }, element("h3", { text: name }), text.trim() === "" ? answerText(text) : element("div", { class: "text", text }));
}

/** How the answer ended, what it took, and how likely the model finds the reference, as far as it is known. */
function tookOf({ finishReason, answerTokens, milliseconds, likelihood }: Exclude<JudgedOutcome, { failure: string }>): readonly HTMLElement[] {
  const facts = [finishReason === "length" ? "cut off at the maximum of tokens" : undefined, answerTokens === undefined ? undefined : `${answerTokens.toLocaleString()} tokens`, milliseconds === undefined ? undefined : `${milliseconds.toLocaleString()} ms`, likelihood && "logprob" in likelihood ? `perplexity of the reference ${showPerplexity(perplexityOf(likelihood))}` : undefined].filter((fact) => fact !== undefined);
  return facts.length === 0 ? [] : [element("small", { class: "muted", text: facts.join(" · ") })];
}

function cutNote({ cutAt }: WholeRecord): readonly HTMLElement[] {
  return cutAt === undefined ? [] : [element("p", { class: "warning", text: `Longer texts are shown up to their first ${cutAt.toLocaleString()} characters. Open JSON has them whole.` })];
}
