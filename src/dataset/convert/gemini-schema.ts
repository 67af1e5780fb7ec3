import { elements, endOf, properties, readTree, type Node } from "../json-node.ts";
import type { JsonText } from "./json-text.ts";

const types = new Set(["string", "number", "integer", "boolean", "array", "object", "null"]);
/** Keywords of JSON Schema whose value is a schema or a list of them, and those whose values are named schemas. */
const nested = new Set(["items", "additionalProperties", "anyOf", "oneOf", "allOf", "not", "prefixItems"]);
const named = new Set(["properties", "$defs", "definitions", "patternProperties"]);

/**
 * A schema with its types in the letter case of JSON Schema (`object`) or of Gemini's own schemas (`OBJECT`); all else stays as it is written.
 * A list of types, which Gemini does not have, stays too. Source: `Type` of Google's Schema object.
 */
export function schemaWithTypes(schema: JsonText, letters: "lower" | "upper"): JsonText {
  const { jsonText } = schema;
  const written = [...typeNodes(readTree(jsonText))].filter(({ value }) => types.has(String(value).toLowerCase()));
  let text = "";
  let end = 0;
  for (const node of written) {
    const type = String(node.value);
    text += jsonText.slice(end, node.offset) + JSON.stringify(letters === "lower" ? type.toLowerCase() : type.toUpperCase());
    end = endOf(node);
  }
  return { jsonText: text + jsonText.slice(end) };
}

/** The values of `type` that name one type, in the order of the text. */
function* typeNodes(schema: Node | undefined): Generator<Node> {
  for (const { name, value } of properties(schema)) {
    if (name === "type" && value.type === "string") yield value;
    else if (nested.has(name)) for (const inner of value.type === "array" ? elements(value) : [value]) yield* typeNodes(inner);
    else if (named.has(name)) for (const inner of properties(value)) yield* typeNodes(inner.value);
  }
}
