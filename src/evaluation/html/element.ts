/** A piece of a document whose texts are escaped. Only `element` makes one, so nothing of a model or a file is ever markup. */
export interface Html {
  readonly html: string;
}

/** Names that are written in the program; never what a file or a model says. */
type Attributes = Readonly<Record<string, string | number>>;

/** An element with its children; strings are texts. */
export function element(name: string, attributes: Attributes, ...children: readonly (Html | string)[]): Html {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(visible(String(value)))}"`).join("");
  if (name === "meta") return { html: `<meta${written}>` };
  return { html: `<${name}${written}>${children.map((child) => (typeof child === "string" ? escape(visible(child)) : child.html)).join("")}</${name}>` };
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}

/** Controls have their pictures, and what turns the direction of writing, hides or breaks lines has its number, so that a text looks like what it is. */
function visible(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
    .replace(/[\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, (control) => `⟨U+${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}
