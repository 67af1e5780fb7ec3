import type { Chat } from "../../src/dataset/insight/chat.ts";
import type { ShownRecord } from "../../src/protocol/conversation-panel.ts";
import { element, replaceContent } from "../ui/element.ts";
import type { State } from "./state.ts";
import { beside, turnView } from "./turn-view.ts";

export interface Actions {
  step(direction: "next" | "previous"): void;
  edit(): void;
}

export interface View {
  show(state: State): void;
}

/** Draws the state into `root`; another record begins at its top. */
export function createView(root: Element, actions: Actions): View {
  const failure = element("div", { class: "failure", attributes: { role: "alert" } });
  const head = element("header", { class: "head" });
  const chat = element("div", { class: "chat", attributes: { tabindex: 0, role: "region", "aria-label": "Conversation" } });
  const announcement = element("div", { class: "visually-hidden", attributes: { "aria-live": "polite" } });
  root.replaceChildren(failure, head, chat, announcement);
  let before: State = {};
  return {
    show(state) {
      const { shown } = state;
      replaceContent(failure, state.failure);
      if (!shown) replaceContent(head, element("p", { class: "muted", text: "Loading…" }));
      else if (shown !== before.shown) {
        const same = shown.file === before.shown?.file && shown.line === before.shown.line;
        const { scrollTop } = chat;
        replaceContent(head, ...headView(shown, actions));
        replaceContent(chat, ...(shown.chat ? chatView(shown.chat) : [element("p", { class: "muted", text: shown.why ?? "" })]));
        chat.scrollTop = same ? scrollTop : 0;
        if (!same) announcement.textContent = `Line ${shown.line + 1}`;
      }
      before = state;
    },
  };
}

function headView({ name, line, chat, target, counted }: ShownRecord, actions: Actions): readonly Node[] {
  const button = (key: string, text: string, act: () => void): HTMLElement => element("button", { class: "link", text, attributes: { "data-key": key }, on: { click: act } });
  return [
    element("div", { class: "title" },
      element("h1", { text: `${name}, line ${(line + 1).toLocaleString("en")}` }),
      button("previous", "↑ Previous", () => actions.step("previous")), button("next", "↓ Next", () => actions.step("next")), button("edit", "Edit record", actions.edit)),
    ...(chat ? [element("p", { class: "muted facts", text: facts(chat, target, counted) }), ...cutNotice(chat)] : []),
  ];
}

function facts({ format, tokens, tokensLeaveOut }: Chat, target: string, { encoding, exact }: ShownRecord["counted"]): string {
  const how = exact ? `counted in ${encoding}` : `an estimate in ${encoding}, not in the tokenizer of your model`;
  return `${format ?? "Unknown format"} · for ${target} · ${tokens.toLocaleString("en")} tokens (${how}${tokensLeaveOut ? "; without tool definitions and pictures" : ""})`;
}

function cutNotice({ limit, tokens }: Chat): readonly Node[] {
  if (!limit || tokens <= limit.tokens) return [];
  return [element("p", { class: "notice", text: limit.beyond === "cut" ? `The target cuts records at ${limit.tokens.toLocaleString("en")} tokens: what is marked as cut is not seen.` : `The target refuses records of more than ${limit.tokens.toLocaleString("en")} tokens.` })];
}

function chatView({ turns, tools, rest }: Chat): readonly Node[] {
  return [
    ...(tools.length === 0 ? [] : [element("details", { class: "tools" },
      element("summary", { text: `${tools.length} ${tools.length === 1 ? "tool is" : "tools are"} declared: ${tools.map(({ name }) => name).join(", ")}` }),
      ...tools.map(({ name, description, json }) => beside(name, json, description)))]),
    element("ol", { class: "turns" }, ...turns.map(turnView)),
    ...rest.map(({ key, json }) => beside(key, json)),
  ];
}
