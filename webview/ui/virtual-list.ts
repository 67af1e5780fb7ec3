import "./virtual-list.css";
import { element } from "./element.ts";
import { elementHeight, rowOffset, rowsInSight, scrolled, scrollTo, scrollToRow, type Extent, type Scroll } from "./scroll-mapping.ts";

/** What a list needs to show its rows, and what it tells. Rows are named by their place, from 0. */
export interface ListSource {
  readonly label: string;
  /** The content of a row, on one line; as it is known now. */
  draw(place: number): readonly (Node | string)[];
  /** Rows are in sight, from the first up to but without the last. */
  shown(first: number, end: number): void;
  /** The user has come to a row. */
  activated(place: number): void;
  /** The user wants to read the row that is active. */
  opened(): void;
}

/** A list box of any number of rows, of which only those in sight are in the document. One row is active: the keyboard moves it. */
export interface VirtualList {
  readonly element: HTMLElement;
  /** Draws the list anew; `growing` while its length is not known yet. */
  update(rows: number, growing: boolean): void;
  /** Makes a row the active one and brings it in sight; undefined makes none. */
  activate(place: number | undefined): void;
  focus(): void;
}

/** In CSS pixels, as in the style sheet. */
export const rowHeight = 26;
/** How long after the last scroll the scroll bar is moved to the place that stands for what is in sight, in milliseconds. */
const settled = 150;
/** Rows drawn above and below those in sight, so that a quick scroll shows no gap. */
const margin = 4;

export function createVirtualList({ label, draw, shown, activated, opened }: ListSource): VirtualList {
  const canvas = element("div", { class: "canvas", attributes: { role: "presentation" } });
  const box = element("div", { class: "list", attributes: { role: "listbox", tabindex: 0, "aria-label": label } }, canvas);
  let rows = 0;
  let growing = false;
  let active: number | undefined;
  let scroll: Scroll = { scrollTop: 0, top: 0 };
  let timer: number | undefined;

  const extent = (): Extent => ({ rows, rowHeight, viewport: box.clientHeight });

  function moveTo(next: Scroll): void {
    scroll = next;
    if (Math.abs(box.scrollTop - next.scrollTop) > 0.5) box.scrollTop = next.scrollTop;
    // The browser rounds; steps are counted from where the element really stands.
    scroll = { top: next.top, scrollTop: box.scrollTop };
    render();
  }

  function render(): void {
    const list = extent();
    const { first, end } = rowsInSight(list, scroll);
    canvas.style.height = `${elementHeight(list)}px`;
    const places = Array.from({ length: Math.min(rows, end + margin) - Math.max(0, first - margin) }, (_, index) => Math.max(0, first - margin) + index);
    // The active row is named by the list, so it is in the document wherever it is.
    if (active !== undefined && active < rows && !places.includes(active)) places.push(active);
    canvas.replaceChildren(...places.map((place) => row(place, rowOffset(list, scroll, place))));
    if (active !== undefined && active < rows) box.setAttribute("aria-activedescendant", idOf(active));
    else box.removeAttribute("aria-activedescendant");
    if (end > first) shown(first, end);
  }

  function row(place: number, offset: number): HTMLElement {
    const made = element("div", {
      class: "row",
      attributes: { role: "option", id: idOf(place), "aria-selected": String(place === active), "aria-posinset": place + 1, "aria-setsize": growing ? -1 : rows },
      on: { click: () => come(place), dblclick: opened },
    }, ...draw(place));
    // A row that is far out of sight must not make the element taller.
    made.style.transform = `translateY(${Math.min(Math.max(0, offset), Math.max(0, elementHeight(extent()) - rowHeight))}px)`;
    return made;
  }

  function come(place: number): void {
    if (rows === 0) return;
    activate(Math.min(rows - 1, Math.max(0, place)));
    if (active !== undefined) activated(active);
  }

  function activate(place: number | undefined): void {
    active = place;
    moveTo(place === undefined ? scroll : scrollToRow(extent(), scroll, place));
  }

  box.addEventListener("scroll", () => {
    if (Math.abs(box.scrollTop - scroll.scrollTop) > 0.5) moveTo(scrolled(extent(), scroll, box.scrollTop));
    window.clearTimeout(timer);
    timer = window.setTimeout(() => moveTo(scrollTo(extent(), scroll.top)), settled);
  });
  box.addEventListener("keydown", (event) => {
    const page = Math.max(1, Math.floor(box.clientHeight / rowHeight) - 1);
    const from = active ?? -1;
    const to = { ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + page, PageUp: from - page, Home: 0, End: rows - 1 }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === "Enter") opened();
    else if (to !== undefined) come(to);
    else return;
    event.preventDefault();
  });
  new ResizeObserver(() => moveTo(scrollTo(extent(), scroll.top))).observe(box);

  return {
    element: box,
    update(length, grows) {
      rows = length;
      growing = grows;
      if (active !== undefined && active >= rows && !growing) active = undefined;
      // While the list grows, what is in sight stays in sight.
      moveTo(scrollTo(extent(), scroll.top));
    },
    activate,
    focus: () => box.focus(),
  };
}

function idOf(place: number): string {
  return `row-${place}`;
}
