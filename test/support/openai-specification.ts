import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

const specification = JSON.parse(readFileSync("test/fixtures/openai/openapi.json", "utf8"), (_key, value: unknown) => withNull(value)) as { readonly components: { readonly schemas: Readonly<Record<string, object>> } };
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(specification, "openai");
const validators = new Map<string, ValidateFunction>();

/** Throws, with every deviation, when a value is not what OpenAI's specification calls `schema`, such as `FineTuningJob`. */
export function assertFollowsOpenAi(schema: string, value: unknown): void {
  if (!(schema in specification.components.schemas)) throw new Error(`The specification in test/fixtures/openai has no schema ${schema}.`);
  let validate = validators.get(schema);
  if (!validate) validators.set(schema, (validate = ajv.compile({ $ref: `openai#/components/schemas/${schema}` })));
  if (!validate(value)) throw new Error(`${schema}: ${ajv.errorsText(validate.errors, { separator: "\n" })}\n${JSON.stringify(value, null, 2)}`);
}

/** The specification still says `nullable` in places, OpenAPI 3.0's word for what JSON Schema calls a choice with null. */
function withNull(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("nullable" in value) || value.nullable !== true) return value;
  const { nullable: _nullable, ...schema } = value;
  return { anyOf: [schema, { type: "null" }] };
}
