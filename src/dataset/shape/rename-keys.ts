import { endOf, elements, properties, readTree, type Node } from "../json-node.ts";
import type { Replacement } from "../text.ts";

/** One key and its new name: a path of keys such as `conversations.from`, where lists are passed through, and the name that takes the place of its last key. */
export interface KeyRename {
  readonly path: readonly string[];
  readonly name: string;
}

/** Reads `old=new` pairs separated by commas, such as `instruction=prompt,metadata.cls=label`. Throws a RangeError whose message is for the user. */
export function readRenames(written: string): readonly KeyRename[] {
  return written.split(",").map((pair) => {
    const [path = "", name = "", ...more] = pair.split("=").map((part) => part.trim());
    if (path === "" || name === "" || more.length > 0) throw new RangeError(`"${pair}" is no renaming. One is written old=new, such as instruction=prompt; several are separated by commas.`);
    return { path: path.split("."), name };
  });
}

/**
 * A record with keys renamed; no other character of it changes. `taken` names a key that two would share then, so that one of them would be lost. Undefined for a
 * text that is no object of JSON.
 */
export function renameKeys(text: string, renames: readonly KeyRename[]): { readonly text: string; readonly edits: readonly Replacement[] } | { readonly taken: string } | undefined {
  const tree = readTree(text);
  if (tree?.type !== "object") return undefined;
  const edits: Replacement[] = [];
  for (const prefix of new Set(renames.map(({ path }) => path.slice(0, -1).join(".")))) {
    const here = new Map(renames.filter(({ path }) => path.slice(0, -1).join(".") === prefix).map(({ path, name }) => [path.at(-1) ?? "", name]));
    for (const holder of holders(tree, prefix === "" ? [] : prefix.split("."))) {
      const madeOf = new Map<string, string>();
      for (const { key, name } of properties(holder)) {
        const renamed = here.get(name) ?? name;
        if ((madeOf.get(renamed) ?? name) !== name) return { taken: prefix === "" ? renamed : `${prefix}.${renamed}` };
        madeOf.set(renamed, name);
        if (renamed !== name) edits.push({ start: key.offset, end: endOf(key), text: JSON.stringify(renamed) });
      }
    }
  }
  edits.sort((a, b) => a.start - b.start);
  return { text: replaced(text, edits), edits };
}

function replaced(text: string, edits: readonly Replacement[]): string {
  const pieces: string[] = [];
  let offset = 0;
  for (const { start, end, text: replacement } of edits) {
    pieces.push(text.slice(offset, start), replacement);
    offset = end;
  }
  return [...pieces, text.slice(offset)].join("");
}

/** The objects to which a path leads; lists are passed through. */
function holders(node: Node, path: readonly string[]): readonly Node[] {
  if (node.type === "array") return elements(node).flatMap((element) => holders(element, path));
  if (node.type !== "object") return [];
  const [key, ...rest] = path;
  if (key === undefined) return [node];
  return properties(node).filter(({ name }) => name === key).flatMap(({ value }) => holders(value, rest));
}
