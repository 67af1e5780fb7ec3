import * as z from "zod";
import { findFormat, formats, type FormatId } from "./index.ts";

/** The ending of a record's document, by which editors find its schema. */
export function recordEnding(format: FormatId): string {
  return `.${format}.json`;
}

/**
 * The JSON Schema (draft 7) of a format's records, for editors: it refuses what the format's own schema refuses, in the same words, and lists the keys that a
 * record may have. `errorMessage` and `defaultSnippets` are VS Code's.
 */
export function recordJsonSchema(format: FormatId): object {
  const { title, example, schema, keys } = findFormat(format);
  const { properties = {}, ...rest } = z.toJSONSchema(schema, {
    target: "draft-7", io: "input", unrepresentable: "any",
    override({ zodSchema, jsonSchema }) {
      const expected = expectedBy(zodSchema);
      if (expected !== undefined) Object.assign(jsonSchema, { errorMessage: `Expected ${expected}.`, description: jsonSchema.description ?? sentence(expected) });
    },
  });
  const listed = Object.fromEntries(keys.map((key) => [key, properties[key] ?? {}]));
  return { ...rest, title: `A record of ${title}`, properties: { ...listed, ...properties }, defaultSnippets: [{ label: title, description: "A whole record", body: JSON.parse(example) as unknown }] };
}

/** The file name of each format's schema in the extension, and the pattern of the documents that it is for. */
export const recordSchemas: readonly { readonly format: FormatId; readonly file: string; readonly pattern: string }[] = formats.map(({ id }) => ({ format: id, file: `${id}.schema.json`, pattern: `tunesmith-record:/**/*${recordEnding(id)}` }));

/** What a part of a schema says that it expected: the words with which it was made. */
function expectedBy({ _zod: { def } }: z.core.$ZodTypes): string | undefined {
  const said = (def.error as z.core.$ZodErrorMap | undefined)?.({ code: "custom", input: undefined, path: [] });
  return typeof said === "string" ? said : undefined;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
