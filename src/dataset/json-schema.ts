import draft7 from "json-metaschema/draft-07-schema.json";
import { Validator, type Schema, type ValidationError } from "jsonschema";
import { RE2JS } from "re2js";
import { quote, shorten } from "./quote.ts";

/** What is wrong with a value, at the end of a path into it: `words` go on where the value has been named, such as `is 5; expected a string`. */
export interface SchemaFault {
  readonly path: readonly (string | number)[];
  readonly words: string;
}

/** A JSON Schema, read once. */
export interface CompiledSchema {
  /** What keeps it from being a JSON Schema (draft 7, of which later drafts change nothing that this would refuse). */
  readonly faults: readonly SchemaFault[];
  /** The `type` of what it describes, where it is one. */
  readonly type: unknown;
  /** What a JSON text breaks of it; undefined where that cannot be told, since the schema is faulty or the two would take too long to compare. */
  check(json: string): readonly SchemaFault[] | undefined;
}

/** What bounds the work on schemas that are made to be slow: characters of a text, a schema and what a pattern is matched with, steps of one check, faults told. */
const most = { text: 200_000, schema: 100_000, pattern: 2_000, steps: { schema: 100_000, text: 10_000 }, faults: 3, kept: 256 };

const unjudged: CompiledSchema = { faults: [], type: "object", check: () => undefined };

const kept = new Map<string, CompiledSchema>();

/**
 * Compiles a JSON Schema from its text, or gives what was compiled of the same text before. `openApi` reads types in capital letters and `nullable`.
 * Formats are annotations, as the specification has them, and are not asserted. Patterns are matched in linear time; those that cannot be
 * (look-around, back-references) are not applied, nor is what a reference outside of the schema names. Source: json-schema.org, drafts 7 to 2020-12.
 */
export function compileSchema(json: string, openApi = false): CompiledSchema {
  const name = `${openApi ? "openapi" : "draft"} ${json}`;
  let compiled = kept.get(name);
  if (!compiled) {
    if (kept.size >= most.kept) kept.clear();
    compiled = compile(json, openApi);
    kept.set(name, compiled);
  }
  return compiled;
}

function compile(json: string, openApi: boolean): CompiledSchema {
  if (json.length > most.schema) return unjudged;
  const schema = JSON.parse(json, openApi ? fromOpenApi : undefined) as Schema;
  const faults = validate(schema, draft7 as unknown as Schema, most.steps.schema);
  if (!faults) return unjudged;
  return { faults, type: typeof schema === "object" ? schema?.type : undefined, check: (text) => (faults.length > 0 || text.length > most.text ? undefined : validate(JSON.parse(text), schema, most.steps.text)) };
}

/** Reads a schema of OpenAPI's as JSON Schema writes it. */
function fromOpenApi(key: string, value: unknown): unknown {
  if (key === "type" && typeof value === "string") return value.toLowerCase();
  if (typeof value !== "object" || value === null || !("nullable" in value) || value.nullable !== true || !("type" in value) || typeof value.type !== "string") return value;
  return { ...value, type: [value.type, "null"] };
}

/** What a value breaks of a schema; undefined where that cannot be told, or not within so many steps. */
function validate(value: unknown, schema: Schema, steps: number): readonly SchemaFault[] | undefined {
  let left = steps;
  const spend = (cost: number): void => {
    left -= cost;
    if (left < 0) throw new RangeError("The check takes too long.");
  };
  try {
    const { errors } = createValidator(spend).validate(value, schema, {
      // Called for each schema that is applied: the one place from which a check can be ended.
      rewrite(instance: unknown, applied: Schema) {
        spend(1 + sizeOf(applied.required) + sizeOf(applied.enum));
        return instance;
      },
    });
    return errors.slice(0, most.faults).map((error) => toFault(error));
  } catch {
    // Of a schema that refers to itself without end, or to what is not there, nothing can be said.
    return undefined;
  }
}

function sizeOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

function createValidator(spend: (steps: number) => void): Validator {
  const validator = new Validator();
  const { attributes } = validator;
  const { additionalProperties } = attributes;
  const none = (): undefined => undefined;
  Object.assign(attributes, {
    format: none,
    pattern(instance: unknown, { pattern }: Schema) {
      const written = String(pattern);
      if (typeof instance !== "string" || instance.length > most.pattern || written.length > most.pattern) return undefined;
      spend((instance.length * written.length) / 100);
      return matches(instance, written) ? undefined : `does not match the pattern ${quote(written)}`;
    },
    patternProperties: none,
    additionalProperties(this: Validator, ...given: Parameters<NonNullable<typeof additionalProperties>>) {
      return given[1].patternProperties ? undefined : additionalProperties?.apply(this, given);
    },
    uniqueItems: (instance: unknown, { uniqueItems }: Schema) => (uniqueItems === true && Array.isArray(instance) && new Set(instance.map((each) => JSON.stringify(each))).size < instance.length ? "contains duplicate items" : undefined),
  });
  return validator;
}

/** Whether a text matches, as far as that can be told in linear time. */
function matches(text: string, pattern: string): boolean {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern)).matcher(text).find();
  } catch {
    return true;
  }
}

function toFault({ path, name, argument, instance, message, schema }: ValidationError): SchemaFault {
  const told = words(name, argument as unknown, instance as unknown, typeof schema === "object" ? schema : {});
  return { path, words: told ?? `is ${shown(instance)} and ${message}` };
}

function words(keyword: string, argument: unknown, instance: unknown, { properties = {} }: Schema): string | undefined {
  switch (keyword) {
    case "type":
      return `is ${shown(instance)}; expected ${Array.isArray(argument) ? argument.map((type) => typeWords[String(type)] ?? String(type)).join(" or ") : "another type"}`;
    case "enum":
      return `is ${shown(instance)}; expected one of ${Array.isArray(argument) ? list(argument) : ""}`;
    case "const":
      return `is ${shown(instance)}; expected ${shown(argument)}`;
    case "required":
      return `has no ${shown(argument)}, which is required`;
    case "additionalProperties":
      return `has ${shown(argument)}, which is not declared; expected ${Object.keys(properties).length > 0 ? `only ${list(Object.keys(properties))}` : "no members"}`;
    case "anyOf":
    case "oneOf":
      return `is ${shown(instance)}, which fits ${keyword === "anyOf" ? "none" : "not exactly one"} of the forms that are allowed`;
    default:
      return undefined;
  }
}

const typeWords: Readonly<Record<string, string>> = { string: "a string", number: "a number", integer: "a whole number", boolean: "true or false", object: "an object", array: "a list", null: "null" };

function list(values: readonly unknown[]): string {
  return values.slice(0, 8).map((value) => shown(value)).join(", ") + (values.length > 8 ? ", …" : "");
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const written = JSON.stringify(value) ?? "nothing";
  return shorten(written, 60);
}
