import type { Reason, TargetVerdict, Verdict } from "../../src/dataset/every-target.ts";
import type { TargetName } from "../../src/dataset/targets/target.ts";
import type { TargetTable } from "../../src/protocol/targets-panel.ts";
import { element, replaceContent } from "../ui/element.ts";
import type { State } from "./state.ts";

export interface Actions {
  checkAgain(): void;
  choose(target: TargetName): void;
  openReason(target: TargetName, rule: string): void;
  showRule(rule: string): void;
}

export interface View {
  show(state: State): void;
}

/** A sign and words, so that neither colour nor shape alone carries a verdict. */
const marks: Readonly<Record<Verdict, { readonly sign: string; readonly words: string }>> = {
  taken: { sign: "✓", words: "as it is" },
  "after-fixes": { sign: "~", words: "after safe fixes" },
  refused: { sign: "✗", words: "no" },
};

/** Reasons that are shown of one target; how many more rules speak is said. */
const mostReasons = 3;

/** Draws the state into `root`. */
export function createView(root: Element, actions: Actions): View {
  const failure = element("div", { class: "failure", attributes: { role: "alert" } });
  const content = element("div", { class: "content" });
  const announcement = element("div", { class: "visually-hidden", attributes: { "aria-live": "polite" } });
  root.replaceChildren(failure, content, announcement);
  let shown: State | undefined;
  return {
    show(state) {
      if (shown?.failure !== state.failure) replaceContent(failure, state.failure);
      const { table, checking } = state;
      if (table) replaceContent(content, ...tableView(table, checking, actions));
      else replaceContent(content, state.failure === undefined ? element("p", { class: "muted", text: "Checking…" }) : undefined);
      if (table && shown?.table !== table) announcement.textContent = summary(table);
      shown = state;
    },
  };
}

function tableView(table: TargetTable, checking: boolean, actions: Actions): readonly Node[] {
  const { every, name } = table;
  return [
    element("header", { class: "head" },
      element("div", {},
        element("h1", { text: `Who takes ${name}?` }),
        element("p", { class: "muted", text: `${every.formatTitle ?? "Unknown format"} · ${count(every.records, "record")}` }),
        element("p", { class: "counts", text: summary(table) })),
      element("vscode-button", { text: checking ? "Checking…" : "Check Again", attributes: { appearance: "secondary", disabled: checking, "data-key": "again" }, on: { click: actions.checkAgain } })),
    element("div", { class: "scroll", attributes: { tabindex: 0, role: "region", "aria-label": "Table of targets" } },
      // The roles are said, because a table that a narrow column lays out as blocks is none to a browser.
      element("table", { attributes: { role: "table" } },
        element("caption", { class: "visually-hidden", text: "Every target, with whether it takes the dataset, and why" }),
        element("thead", { attributes: { role: "rowgroup" } }, element("tr", { attributes: { role: "row" } }, ...["Target", "Takes it", "Why", "Check"].map((text) => element("th", { text, attributes: { scope: "col", role: "columnheader" } })))),
        element("tbody", { attributes: { role: "rowgroup" } }, ...every.targets.map((verdict) => targetRow(verdict, verdict.target === table.current, actions))))),
    element("p", { class: "muted", text: every.judgedBy === "fixing"
      ? "“After safe fixes” means: repaired for that target and checked again. Warnings keep nobody from taking a file, but spoil the model."
      : "This dataset is too large, or its bytes too damaged, to be repaired for each target: “after safe fixes” means that each error has one. What a repair would show is not known." }),
  ];
}

function targetRow({ target, title, verdict, errors, warnings, beginning, reasons }: TargetVerdict, isCurrent: boolean, actions: Actions): HTMLElement {
  const { sign, words } = marks[verdict];
  const more = reasons.length - mostReasons;
  return element("tr", { attributes: { role: "row", "data-target": target, "aria-current": isCurrent ? "true" : undefined } },
    element("th", { attributes: { scope: "row", role: "rowheader" } }, title, element("code", { text: target })),
    element("td", { attributes: { role: "cell" } },
      element("span", { class: `verdict ${verdict}` }, element("span", { text: sign, attributes: { "aria-hidden": "true" } }), ` ${words}`),
      errors + warnings > 0 ? element("small", { class: "muted", text: [errors > 0 ? count(errors, "error") : undefined, warnings > 0 ? count(warnings, "warning") : undefined].filter((part) => part !== undefined).join(", ") + (beginning === undefined ? "" : ` in the first ${count(beginning, "record")}`) }) : undefined),
    element("td", { attributes: { role: "cell" } },
      reasons.length === 0 ? undefined : element("ul", {}, ...reasons.slice(0, mostReasons).map((reason) => reasonItem(target, reason, actions)),
        more > 0 ? element("li", { class: "muted", text: `and what ${count(more, "more rule")} ${more === 1 ? "says" : "say"}` }) : undefined)),
    element("td", { attributes: { role: "cell" } }, isCurrent
      ? element("span", { class: "current", text: "chosen" })
      : element("button", { class: "link", text: "Choose", attributes: { "aria-label": `Choose ${title}`, "data-key": `choose ${target}` }, on: { click: () => actions.choose(target) } })),
  );
}

function reasonItem(target: TargetName, { rule, severity, count: number, message, place }: Reason, actions: Actions): HTMLElement {
  return element("li", { class: severity },
    element("span", { text: message }), " ",
    element("span", { class: "where" },
      number > 1 ? `${number.toLocaleString("en")} × ` : undefined,
      element("button", { class: "link", text: rule, attributes: { "aria-label": `Show the rule ${rule}`, "data-key": `rule ${target} ${rule}` }, on: { click: () => actions.showRule(rule) } }),
      place ? ", " : undefined,
      place ? element("button", { class: "link", text: `line ${(place.line + 1).toLocaleString("en")}`, attributes: { "aria-label": `Open line ${place.line + 1}, where ${rule} is found first`, "data-key": `place ${target} ${rule}` }, on: { click: () => actions.openReason(target, rule) } }) : undefined));
}

function summary({ counts, every }: TargetTable): string {
  const { taken, "after-fixes": after, refused } = counts;
  const parts = [taken > 0 ? `${taken} as it is` : undefined, after > 0 ? `${after} after safe fixes` : undefined].filter((part) => part !== undefined);
  return parts.length === 0 ? `None of ${every.targets.length} targets takes it.` : `${taken + after} of ${every.targets.length} targets take it: ${parts.join(", ")}${refused > 0 ? `; ${refused} do not` : ""}.`;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
