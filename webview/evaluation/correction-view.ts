import type { WholeRecord } from "../../src/evaluation/review/review-turns.ts";
import { longestAnswer } from "../../src/protocol/evaluation-panel.ts";
import { element, type Child } from "../ui/element.ts";
import { answerNames } from "./names.ts";
import { answerText, details, mark } from "./parts.ts";
import type { Correcting, State } from "./state.ts";

/** What a correction can ask for. */
export interface CorrectionActions {
  correct(line: number): void;
  draft(answer: string): void;
  reject(candidate: number): void;
  add(kind: "training" | "preference"): void;
  leave(): void;
}

/** The place where a record's answer is corrected; nothing while none is. */
export function correctionView(state: State, actions: CorrectionActions): readonly HTMLElement[] {
  const { correcting, overview } = state;
  if (!correcting) return [];
  const { line, record } = correcting;
  return [element("section", { class: "correction", attributes: { "aria-labelledby": "correction", "aria-busy": correcting.asked || !record } },
    element("div", { class: "correction-head" }, element("h2", { text: `Correct line ${line}`, attributes: { id: "correction" } }), element("button", { class: "link", attributes: { "data-key": "leave", "aria-keyshortcuts": "Escape" }, on: { click: actions.leave } }, "Close ", element("kbd", { text: "Esc" }))),
    ...(record ? area(state, correcting, record, actions) : [element("p", { class: "muted", text: "Loading…" })]),
    element("p", { class: "muted", text: correcting.asked ? "The changes are shown beside this panel. Apply or discard them in the question below." : `The record is taken from ${overview?.setting.dataset.path ?? "the test file"}: what is learned is not tested any more. All changes are shown before they are made. Ctrl+Enter adds the record, Ctrl+Shift+Enter the pair.` }))];
}

/** Shows what is written where it was not typed: taken from an answer, or remembered. */
export function showDraft(place: Element, { correcting }: State): void {
  const area = place.querySelector("textarea");
  // A text area has no carriage returns.
  const text = correcting?.answer?.replaceAll(/\r\n?/g, "\n");
  if (area && text !== undefined && area.value !== text) area.value = text;
}

/** Alt and a digit take an answer, Ctrl+Enter adds, Escape leaves; none of them goes on to the editor. */
export function correctionKeys(event: KeyboardEvent, actions: CorrectionActions): void {
  const place = event.currentTarget as Element;
  const digit = event.altKey && !event.ctrlKey && /^Digit([1-9])$/.exec(event.code)?.[1];
  if (event.key === "Escape") actions.leave();
  else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) actions.add(event.shiftKey ? "preference" : "training");
  else if (digit) place.querySelectorAll<HTMLElement>("[data-take]")[Number(digit) - 1]?.click();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function area(state: State, { answer, rejected, asked }: Correcting, { prompt, reference, answers, blind }: WholeRecord, actions: CorrectionActions): readonly Child[] {
  const { overview } = state;
  const names = blind || overview?.plan ? answers.map(({ name }) => name) : answerNames(overview);
  const nameOf = (index: number): string => names[index] ?? answers[index]?.name ?? "";
  const text = element("textarea", { attributes: { id: "corrected-answer", rows: 4, maxlength: longestAnswer, spellcheck: "true", disabled: asked, "data-key": "corrected answer" }, on: { input: (event) => actions.draft((event.target as HTMLTextAreaElement).value) } });
  text.value = answer ?? "";
  const entry = (name: string, number: number, given: string | undefined, ...said: readonly Child[]): HTMLElement => element("div", { class: "message" },
    element("h3", {}, name, " ", given === undefined ? undefined : element("button", { class: "link", attributes: { "data-take": true, "data-key": `take ${number}`, disabled: asked, "aria-keyshortcuts": `Alt+${number}` }, on: { click: () => actions.draft(given) } }, "Take ", element("kbd", { text: `Alt+${number}` }))),
    ...said);
  const offered = answers.flatMap(({ outcome }, index) => ("failure" in outcome ? [] : [{ index, outcome }]));
  return [
    details(`Conversation: ${prompt.length === 1 ? "1 message" : `${prompt.length} messages`}`, ...prompt.map(({ role, content }) => element("div", { class: "message" }, element("h3", { text: role }), element("div", { class: "text", text: content })))),
    element("div", { class: "answers" },
      entry("Reference", 1, reference, answerText(reference)),
      ...offered.map(({ index, outcome }, place) => entry(nameOf(index), place + 2, outcome.text, blind ? undefined : outcome.right ? mark("right", "right") : mark("wrong", "wrong"), answerText(outcome.text)))),
    element("label", { text: "Corrected answer", attributes: { for: "corrected-answer" } }), text,
    offered.length === 0 ? undefined : element("fieldset", { class: "rejected" }, element("legend", { text: "A pair rejects" }),
      ...offered.map(({ index }) => element("label", {}, element("input", { attributes: { type: "radio", name: "rejected", value: index, checked: index === rejected, disabled: asked, "data-key": `reject ${index}` }, on: { change: () => actions.reject(index) } }), ` ${nameOf(index)}`))),
    element("div", { class: "actions" },
      act("Add as Training Record", "Ctrl+Enter", "primary", asked, () => actions.add("training")),
      offered.length === 0 ? undefined : act("Add as Preference Pair", "Ctrl+Shift+Enter", "secondary", asked, () => actions.add("preference"))),
  ];
}

function act(text: string, keys: string, appearance: "primary" | "secondary", disabled: boolean, click: () => void): HTMLElement {
  return element("vscode-button", { text, attributes: { appearance, disabled, title: keys, "aria-keyshortcuts": keys.replace("Ctrl", "Control"), "data-key": text }, on: { click } });
}
