/** A text as a JSON value; undefined where it is none. White space around it is JSON's own. */
export function readJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** Why a reference is no JSON that a structured answer could be compared with; undefined where it is. A bare word or number is a text, not a structure. */
export function notStructured(reference: string): string | undefined {
  const json = readJson(reference);
  return json && typeof json.value === "object" && json.value !== null ? undefined : "the reference is no JSON object or array";
}

/**
 * The leaves of a JSON value, each as path and value in one text; an empty object or array is a leaf. Keys have no order, elements of an array have. Walks without
 * recursion, because an answer may be nested as deeply as a model likes.
 */
export function leaves(root: unknown): readonly string[] {
  const found: string[] = [];
  const open: Place[] = [{ value: root }];
  for (let place = open.pop(); place; place = open.pop()) {
    const { value } = place;
    const children: readonly (readonly [string | number, unknown])[] = Array.isArray(value) ? [...value.entries()] : typeof value === "object" && value !== null ? Object.entries(value) : [];
    if (children.length === 0) found.push(JSON.stringify([pathOf(place), value]));
    for (const [key, child] of children) open.push({ key, value: child, parent: place });
  }
  return found;
}

interface Place {
  readonly key?: string | number;
  readonly value: unknown;
  readonly parent?: Place;
}

function pathOf(place: Place): readonly (string | number)[] {
  const path: (string | number)[] = [];
  for (let each: Place | undefined = place; each?.key !== undefined; each = each.parent) path.push(each.key);
  return path.reverse();
}
