import { readTree } from "../json-node.ts";
import { isJson } from "../json-syntax.ts";
import type { Tool } from "./conversation.ts";
import type { Json, JsonObject } from "./json-text.ts";
import { Refusal } from "./loss.ts";
import { booleanOf, listOf, openObject, textOf, writtenOf, type ObjectReader, type Value } from "./record-reader.ts";
import { optional } from "./messages.ts";

/** Tools as OpenAI defines them, wrapped as `{"type": "function", "function": {…}}` or bare; as a list, or as the JSON text of one. */
export function readTools(value: Value | undefined): readonly Tool[] {
  const list = value && unwrapText(value);
  return list ? listOf(list).flatMap(readTool) : [];
}

/** Tools and the functions of before, which are tools without their wrapping. */
export function readToolsAndFunctions(record: ObjectReader): readonly Tool[] {
  return [...readTools(record.take("tools")), ...readTools(record.take("functions"))];
}

/** Tools as OpenAI defines them; nothing when there are none. */
export function writeTools(tools: readonly Tool[]): Json | undefined {
  return tools.length === 0 ? undefined : tools.map((tool) => ({ type: "function", function: writeFunction(tool) }));
}

/** A tool's definition without its wrapping. */
export function writeFunction({ name, description, parameters, strict }: Tool): JsonObject {
  return { name, description, parameters, strict };
}

/** The tool that a bare definition is. */
export function readFunctionDefinition(definition: ObjectReader, path: string): Tool {
  const name = definition.takeText("name");
  if (name === undefined) throw new Refusal(`${definition.path} has no name; a tool needs one`);
  return {
    path,
    name,
    ...optional("description", definition.take("description"), textOf),
    ...optional("parameters", definition.take("parameters"), writtenOf),
    ...optional("strict", definition.take("strict"), booleanOf),
  };
}

function readTool(value: Value): readonly Tool[] {
  const wrapping = openObject(value);
  const type = wrapping.takeText("type") ?? "function";
  if (type !== "function") {
    value.record.leave(value.path, `a tool of type ${JSON.stringify(type)}`);
    return [];
  }
  const inner = wrapping.take("function");
  const definition = inner ? openObject(inner) : wrapping;
  const tool = readFunctionDefinition(definition, value.path);
  definition.finish();
  if (inner) wrapping.finish();
  return [tool];
}

/** The list that a text holds; nothing for an empty one. Throws a Refusal when the text is no JSON. */
function unwrapText(value: Value): Value | undefined {
  if (value.node.type !== "string") return value;
  const text = textOf(value);
  if (text.trim() === "") return undefined;
  const node = isJson(text) ? readTree(text) : undefined;
  if (!node) throw new Refusal(`${value.path} is a text that is no JSON; expected a list of tools`);
  return { node, path: value.path, record: { text, leave: value.record.leave } };
}
