import type { Context } from "hono";
import type * as z from "zod";
import { ApiError } from "../api-error.ts";

/** The JSON body of a request, by its schema. Rejects with an ApiError that names the first fault. */
export async function readBody<Body>(context: Context, schema: z.ZodType<Body>): Promise<Body> {
  const text = await context.req.text();
  const read = schema.safeParse(parse(text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = issue?.path.join(".") || null;
  throw new ApiError(400, `${path ?? "The body"}: ${issue?.message ?? "is not valid"}`, null, path);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ApiError(400, `The body is no JSON (${error instanceof Error ? error.message : String(error)}); expected an object in JSON.`);
  }
}
