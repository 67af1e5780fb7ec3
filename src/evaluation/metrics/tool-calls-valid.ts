import * as z from "zod";
import { compileSchema } from "../../dataset/json-schema.ts";
import { readCalls } from "../tool-calls.ts";
import type { Metric } from "./metric.ts";
import { withoutTools } from "./tool-calls.ts";

const declaration = z.object({ function: z.object({ name: z.string(), parameters: z.record(z.string(), z.unknown()).optional() }) });

/** An answer is right when a program could make every call of it. */
export const toolCallsValidMetric: Metric = {
  id: "tool-calls-valid",
  title: "Valid calls",
  explanation: "An answer is right when each tool that it calls is declared by the record and gets arguments that fit the declared JSON Schema, whether or not the reference makes these calls. An answer without a call is right.",
  kind: "pass-fail",
  measure(answer, _reference, { tools = [] } = {}) {
    const declared = new Map(tools.flatMap((tool) => {
      const read = declaration.safeParse(tool);
      return read.success ? [[read.data.function.name, read.data.function.parameters ?? {}] as const] : [];
    }));
    return Number(readCalls(answer).every(({ name, arguments: given }) => {
      const schema = declared.get(name);
      return schema !== undefined && typeof given === "object" && given !== null && compileSchema(JSON.stringify(schema)).check(JSON.stringify(given))?.length === 0;
    }));
  },
  unsuited: (reference, asked = {}) => (asked.tools && asked.tools.length > 0 ? undefined : (withoutTools(reference, asked) ?? "the record declares no tools")),
};
