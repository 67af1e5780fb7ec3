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
