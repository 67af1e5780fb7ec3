import { element, type Child } from "../ui/element.ts";

export function card(title: string, ...children: readonly Child[]): HTMLElement {
  return element("section", { class: "card" }, element("h2", { text: title }), ...children);
}

export function details(title: string, ...children: readonly Child[]): HTMLElement {
  return element("details", {}, element("summary", { text: title }), ...children);
}

export function definitions(entries: readonly (readonly [string, string])[]): HTMLElement {
  return element("dl", {}, ...entries.flatMap(([term, value]) => [element("dt", { text: term }), element("dd", { text: value })]));
}

export function row(kind: "td" | "th", firstScope: "row" | "col", first: string, ...rest: readonly string[]): HTMLElement {
  return element("tr", {}, element("th", { text: first, attributes: { scope: firstScope } }), ...rest.map((text) => element(kind, { text, attributes: { scope: kind === "th" ? "col" : undefined } })));
}

export function paragraph(text: string): HTMLElement {
  return element("p", { text });
}

export function strong(text: string): HTMLElement {
  return element("strong", { text });
}

export function button(text: string, act: () => void, appearance: "primary" | "secondary" = "secondary"): HTMLElement {
  return element("vscode-button", { text, attributes: { appearance, "data-key": text }, on: { click: act } });
}

/** An answer as it is, or what it is where nothing is to be seen of it. */
export function answerText(text: string): HTMLElement {
  return text.trim() === "" ? element("em", { class: "muted", text: text === "" ? "(empty)" : "(white space only)" }) : element("div", { class: "text", text });
}

const signs = { right: "✓", wrong: "✗", missing: "–" } as const;

/** A sign and a word, so that neither colour nor shape alone carries it. */
export function mark(kind: keyof typeof signs, word: string): HTMLElement {
  return element("span", { class: `mark ${kind}` }, element("span", { text: signs[kind], attributes: { "aria-hidden": "true" } }), ` ${word}`);
}

/** The same where there is room for the sign only: the word is read out. */
export function markSign(kind: keyof typeof signs, word: string): HTMLElement {
  return element("span", { class: `sign ${kind}` }, element("span", { text: signs[kind], attributes: { "aria-hidden": "true" } }), element("span", { class: "visually-hidden", text: `${word}: ` }));
}
