import type { ChatCall, ChatMedium, ChatTurn } from "../../src/dataset/insight/chat.ts";
import { element } from "../ui/element.ts";

/** A sign and a word, so that neither colour nor place alone says what is learnt. */
const learnings: Readonly<Record<ChatTurn["learning"]["how"], { readonly sign: string; readonly word: string }>> = {
  learnt: { sign: "●", word: "learnt" },
  masked: { sign: "○", word: "masked" },
  avoided: { sign: "⊘", word: "avoided" },
};
const parts: Readonly<Record<ChatTurn["part"], string>> = { conversation: "", prompt: "", answer: "", rejected: "rejected" };
const cuts: Readonly<Record<Exclude<ChatTurn["kept"], "whole">, string>> = { beginning: "cut: its end is not seen", nothing: "cut: nothing of it is seen" };

/** One turn: who speaks, what is said, what is called, and what a training makes of it. */
export function turnView({ role, speaker, part, text, calls, media, more, tokens, learning, kept }: ChatTurn): HTMLElement {
  const { sign, word } = learnings[learning.how];
  const silent = text === "" && calls.length + media.length + more.length === 0;
  return element("li", { class: `turn ${speaker ?? "unknown"} ${learning.how} ${kept}` },
    element("div", { class: "turn-head" },
      element("h2", { text: role }),
      parts[part] && parts[part] !== role ? element("span", { class: "muted", text: parts[part] }) : undefined,
      element("span", { class: "tokens muted", text: `${tokens.toLocaleString("en")} ${tokens === 1 ? "token" : "tokens"}` }),
      element("span", { class: `learning ${learning.how}`, attributes: { title: learning.why } }, element("span", { text: sign, attributes: { "aria-hidden": "true" } }), ` ${word}`, element("span", { class: "visually-hidden", text: `: ${learning.why}` })),
      kept === "whole" ? undefined : element("strong", { class: "cut", text: cuts[kept] })),
    silent ? element("em", { class: "muted", text: "(says nothing)" }) : undefined,
    text === "" ? undefined : element("div", { class: "text", text }),
    ...media.map(mediumView),
    ...calls.map(callView),
    ...more.map(({ key, json }) => beside(key, json)));
}

function callView({ name, id, json, fit, faults }: ChatCall): HTMLElement {
  const verdict = fit === "fits" ? "✓ fits its parameters" : fit === "faulty" ? "✗ does not fit its parameters" : "not checked";
  return element("div", { class: "call" },
    element("div", { class: "call-head" }, element("span", { text: "calls " }), element("code", { text: name }), id === undefined ? undefined : element("span", { class: "muted", text: id }), element("span", { class: `fit ${fit}`, text: verdict })),
    json === "" ? undefined : element("pre", { text: json }),
    faults.length === 0 ? undefined : element("ul", { class: "faults" }, ...faults.map((fault) => element("li", { text: fault }))));
}

/** Only pictures whose bytes are in the record are shown: nothing is fetched from anywhere. */
function mediumView({ kind, address }: ChatMedium, index: number): HTMLElement {
  if (kind === "image" && /^data:image\/(png|jpeg|gif|webp);base64,/.test(address)) return element("img", { class: "picture", attributes: { src: address, alt: `Picture ${index + 1} of this message` } });
  const shown = address.startsWith("data:") ? `${address.slice(0, 40)}…` : address;
  return element("p", { class: "medium" }, element("span", { class: "muted", text: `${kind}: ` }), element("span", { text: shown === "" ? "in a column of the dataset" : shown }));
}

/** What stands beside the texts, laid out as JSON. */
export function beside(key: string, json: string, description = ""): HTMLElement {
  return element("div", { class: "beside" }, element("h3", { text: key }), description === "" ? undefined : element("p", { class: "muted", text: description }), json === "" ? undefined : element("pre", { text: json }));
}
