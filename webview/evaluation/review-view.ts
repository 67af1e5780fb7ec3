import type { ReviewedItem, ReviewMode, ReviewTurn, ReviewWord } from "../../src/evaluation/review/review-turns.ts";
import { element, type Child } from "../ui/element.ts";
import { answerText, details } from "./parts.ts";
import type { State } from "./state.ts";

/** What a review can ask for. */
export interface ReviewActions {
  review(mode: ReviewMode): void;
  say(word: ReviewWord): void;
  /** Shows another item; undefined for the first of which nothing was said. */
  goTo(place: number): void;
  /** Corrects the record whose answers are shown. */
  rewrite(): void;
  endReview(): void;
}

interface Choice {
  readonly key: string;
  readonly title: string;
  readonly word: ReviewWord;
}

const choices: Readonly<Record<ReviewMode, readonly Choice[]>> = {
  pair: [{ key: "a", title: "A is better", word: { better: 0 } }, { key: "b", title: "B is better", word: { better: 1 } }, { key: "t", title: "Tie", word: { better: null } }],
  rating: [1, 2, 3, 4, 5].map((rating) => ({ key: String(rating), title: ["Bad", "Poor", "Fair", "Good", "Excellent"][rating - 1] ?? "", word: { rating } })),
};

/** One item after the other, without the names of models: which of two answers is better, or how good one is. */
export function reviewView({ review }: State, actions: ReviewActions): readonly HTMLElement[] {
  const { mode, turn } = review ?? {};
  if (!mode) return [];
  return [element("div", { class: "review", attributes: { tabindex: -1, role: "group", "aria-labelledby": "review", "data-key": "review" } },
    element("div", { class: "records-head" },
      element("h2", { text: mode === "pair" ? "Which answer is better?" : "How good is this answer?", attributes: { id: "review", tabindex: -1 } }),
      turn ? element("span", { class: "muted", text: `${turn.reviewed.toLocaleString()} of ${turn.total.toLocaleString()} reviewed by ${turn.reviewer}` }) : undefined,
      keyed("End Review", "Esc", actions.endReview)),
    ...(!turn ? [element("p", { class: "muted", text: "Loading…" })] : turn.item ? itemOf(mode, turn, turn.item, actions) : [element("p", { text: turn.total === 0 ? "No record was answered by those who are compared, so that there is nothing to review." : "Everything is reviewed. What people said stands above." })]))];
}

/** One letter or digit says a word; N and P go on and back, C corrects, Escape ends. */
export function reviewKeys(event: KeyboardEvent, { review }: State, actions: ReviewActions): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !review) return;
  const item = review.turn?.item;
  const key = event.key.toLowerCase();
  const choice = choices[review.mode].find((each) => each.key === key);
  if (key === "escape") actions.endReview();
  else if (!item) return;
  else if (choice) actions.say(choice.word);
  else if (key === "n") actions.goTo(Math.min(item.place + 1, (review.turn?.total ?? 1) - 1));
  else if (key === "p") actions.goTo(Math.max(0, item.place - 1));
  else if (key === "c") actions.rewrite();
  else return;
  event.preventDefault();
}

function itemOf(mode: ReviewMode, { total }: ReviewTurn, item: ReviewedItem, actions: ReviewActions): readonly Child[] {
  const { place, prompt, reference, answers, word } = item;
  const before = prompt.slice(0, -1);
  const last = prompt.at(-1);
  const said = (role: string, content: string): HTMLElement => element("div", { class: "message" }, element("h3", { text: role }), element("div", { class: "text", text: content }));
  return [
    ...(before.length > 0 ? [details(`Before it: ${before.length === 1 ? "1 message" : `${before.length} messages`}`, ...before.map(({ role, content }) => said(role, content)))] : []),
    ...(last ? [said(last.role, last.content)] : []),
    details("Reference", element("div", { class: "text", text: reference })),
    element("div", { class: "answers" }, ...answers.map((text, index) => element("section", { class: "card" }, element("h3", { text: mode === "pair" ? `Answer ${"AB"[index] ?? ""}` : "Answer" }), answerText(text)))),
    element("div", { class: "actions choices", attributes: { role: "group", "aria-label": "Your word" } }, ...choices[mode].map((choice) => element("button", {
      class: "choice", attributes: { "aria-pressed": String(isSame(choice.word, word)), "aria-keyshortcuts": choice.key.toUpperCase(), "data-key": `say ${choice.key}` }, on: { click: () => actions.say(choice.word) },
    }, element("kbd", { text: choice.key.toUpperCase() }), ` ${choice.title}`))),
    element("p", { class: "muted moves" }, keyed("Previous", "P", () => actions.goTo(Math.max(0, place - 1))), keyed("Next", "N", () => actions.goTo(Math.min(place + 1, total - 1))), keyed("Rewrite", "C", actions.rewrite), element("span", { text: `${(place + 1).toLocaleString()} of ${total.toLocaleString()}, in an order of chance` })),
  ];
}

function keyed(text: string, key: string, act: () => void): HTMLElement {
  return element("button", { class: "link", attributes: { "data-key": text, "aria-keyshortcuts": key === "Esc" ? "Escape" : key }, on: { click: act } }, `${text} `, element("kbd", { text: key }));
}

function isSame(one: ReviewWord, other: ReviewWord | undefined): boolean {
  return other !== undefined && JSON.stringify(one) === JSON.stringify(other);
}
