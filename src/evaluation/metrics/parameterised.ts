import * as z from "zod";
import type { Metric, ParameterFault, ParameterisedMetric } from "./metric.ts";

/** What one file of a metric with parameters says. */
interface Definition<Shape extends z.ZodRawShape> {
  readonly id: string;
  readonly explanation: string;
  readonly parameters: Shape;
  readonly file?: string;
  faults?(parameters: z.output<z.ZodObject<Shape>>): readonly ParameterFault[];
  /** Is given parameters without a fault, and with the file in its place. */
  create(parameters: z.output<z.ZodObject<Shape>>): Omit<Metric, "id">;
}

/** Makes metrics with parameters of a definition. A metric's id is the definition's, a space, and the parameters as JSON, in the order of the definition. */
export function parameterised<Shape extends z.ZodRawShape>({ id, explanation, parameters, file, faults = () => [], create }: Definition<Shape>): ParameterisedMetric {
  const known: z.ZodObject<Shape> = z.object(parameters);
  const read = (given: unknown): z.output<z.ZodObject<Shape>> | undefined => {
    const found = known.safeParse(given);
    return found.success ? found.data : undefined;
  };
  return {
    id, explanation, ...(file === undefined ? {} : { file }),
    schema: z.strictObject({ metric: z.literal(id).meta({ description: explanation }), ...parameters }),
    faults(given) {
      const found = read(given);
      return found ? faults(found) : [];
    },
    create(given) {
      const found = read(given);
      if (!found || faults(found).length > 0 || (file !== undefined && typeof (found as Record<string, unknown>)[file] === "string")) return undefined;
      return { id: Object.keys(found).length === 0 ? id : `${id} ${JSON.stringify(found)}`, ...create(found) };
    },
  };
}
