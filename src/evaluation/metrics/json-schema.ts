import * as z from "zod";
import { compileSchema } from "../../dataset/json-schema.ts";
import { parameterised } from "./parameterised.ts";
import { readJson } from "./text/read-json.ts";

/** An answer is right when a program that expects this schema could work with it. */
export const jsonSchemaMetric = parameterised({
  id: "json-schema",
  explanation: "An answer is right when it is JSON alone and a JSON Schema holds for it.",
  parameters: {
    schema: z.union([z.string().min(1), z.record(z.string(), z.unknown())]).meta({ description: "A JSON Schema (drafts 7 to 2020-12): the path of its file, relative to this file's folder, or the schema itself." }),
  },
  file: "schema",
  faults({ schema }) {
    if (typeof schema === "string") return [];
    const [fault] = compileSchema(JSON.stringify(schema)).faults;
    return fault ? [{ key: "schema", message: `This is no JSON Schema: ${fault.path.length === 0 ? "it" : fault.path.join(".")} ${fault.words}.` }] : [];
  },
  create({ schema }) {
    const compiled = compileSchema(JSON.stringify(schema));
    const title = typeof schema === "object" && typeof schema["title"] === "string" ? schema["title"] : undefined;
    return {
      title: title === undefined ? "Valid by the schema" : `Valid by the schema “${title}”`,
      explanation: "An answer is right when it is JSON and nothing else, and the JSON Schema holds for it, whatever the reference says. Formats are not asserted; an answer above 200,000 characters, or that takes too long to check, is wrong.",
      kind: "pass-fail",
      measure: (answer) => Number(readJson(answer) !== undefined && compiled.check(answer)?.length === 0),
    };
  },
});
