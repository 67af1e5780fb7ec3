import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

/** Tests that run in VS Code are told where the project lies: they are started in another folder. */
const project = process.env["TUNESMITH_PROJECT"] ?? "";

/**
 * Gives what throws, with every deviation, when a value is not what an OpenAPI document calls `schema`. `file` is the document, from the project's folder.
 * `overlapping` says that its alternatives are not exclusive, though it calls them so.
 */
export function specificationOf(file: string, { overlapping = false } = {}): (schema: string, value: unknown) => void {
  const specification = JSON.parse(readFileSync(resolve(project, file), "utf8"), (_key, value: unknown) => (overlapping ? withAlternatives(withNull(value)) : withNull(value))) as { readonly components: { readonly schemas: Readonly<Record<string, object>> } };
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(specification, file);
  const validators = new Map<string, ValidateFunction>();
  return (schema, value) => {
    if (!(schema in specification.components.schemas)) throw new Error(`The specification in ${file} has no schema ${schema}.`);
    let validate = validators.get(schema);
    if (!validate) validators.set(schema, (validate = ajv.compile({ $ref: `${file}#/components/schemas/${schema}` })));
    if (!validate(value)) throw new Error(`${schema}: ${ajv.errorsText(validate.errors, { separator: "\n" })}\n${JSON.stringify(value, null, 2)}`);
  };
}

/** Specifications still say `nullable` in places, OpenAPI 3.0's word for what JSON Schema calls a choice with null. */
function withNull(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("nullable" in value) || value.nullable !== true) return value;
  const { nullable: _nullable, ...schema } = value;
  return { anyOf: [schema, { type: "null" }] };
}

/** Together's has a type beside a choice that contradicts it, and choices of which one takes all that another takes. */
function withAlternatives(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("oneOf" in value)) return value;
  const { oneOf, type: _type, ...schema } = value as { readonly oneOf: unknown; readonly type?: unknown };
  return { ...schema, anyOf: oneOf };
}
