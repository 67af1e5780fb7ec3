/** Attributes, listeners and properties that an element may be made with. There is no way to give it HTML: what a panel shows is text. */
export interface ElementOptions {
  readonly class?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
}

export type Child = Node | string | undefined;

/** Makes an HTML element. Strings among the children become text. An attribute that is undefined or false is left out, true is written without a value. */
export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, options?: ElementOptions, ...children: readonly Child[]): HTMLElementTagNameMap[Name];
export function element(name: string, options?: ElementOptions, ...children: readonly Child[]): HTMLElement;
export function element(name: string, options: ElementOptions = {}, ...children: readonly Child[]): HTMLElement {
  return furnish(document.createElement(name), options, children);
}

/** The same for SVG. */
export function svgElement<Name extends keyof SVGElementTagNameMap>(name: Name, options: ElementOptions = {}, ...children: readonly Child[]): SVGElementTagNameMap[Name] {
  return furnish(document.createElementNS("http://www.w3.org/2000/svg", name), options, children);
}

function furnish<Made extends HTMLElement | SVGElement>(made: Made, options: ElementOptions, children: readonly Child[]): Made {
  if (options.class) made.setAttribute("class", options.class);
  for (const [name, value] of Object.entries(options.attributes ?? {})) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== undefined && value !== false) made.setAttribute(name, String(value));
  }
  for (const [event, listener] of Object.entries(options.on ?? {})) made.addEventListener(event, listener);
  if (options.text !== undefined) made.textContent = options.text;
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/**
 * Puts new content into `region` and keeps the keyboard where it was: the element with the same `data-key` as the one that had the focus gets it again.
 */
export function replaceContent(region: Element, ...children: readonly Child[]): void {
  const active = document.activeElement instanceof HTMLElement && region.contains(document.activeElement) ? document.activeElement : undefined;
  const focused = active?.dataset["key"];
  const selection = active instanceof HTMLTextAreaElement ? ([active.selectionStart, active.selectionEnd] as const) : undefined;
  region.replaceChildren(...children.filter((child) => child !== undefined));
  if (focused === undefined) return;
  const again = [...region.querySelectorAll<HTMLElement>("[data-key]")].find(({ dataset }) => dataset["key"] === focused);
  again?.focus();
  if (selection && again instanceof HTMLTextAreaElement) again.setSelectionRange(...selection);
}
