import * as z from "zod";

/** What a server says of a refusal. */
export interface ErrorBody {
  readonly message?: string;
  readonly code?: string;
}

const text = z.string().min(1).optional().catch(undefined);
const words = z.object({ message: text, code: z.union([z.string().min(1), z.number().transform(String)]).optional().catch(undefined) });
const body = z.object({
  error: z.union([words, z.string().min(1).transform((message) => ({ message, code: undefined }))]).optional().catch(undefined),
  message: text,
  // FastAPI's place for it: a text, or a list of what is wrong with each field.
  detail: z.union([z.string().min(1), z.array(z.unknown()).transform((list) => JSON.stringify(list))]).optional().catch(undefined),
});

/** Reads a refusal's body: OpenAI's `{"error": {"message", "code"}}`, and what compatible servers send in its place. Of anything else it gives nothing. */
export function readErrorBody(value: unknown): ErrorBody {
  const read = body.safeParse(value);
  if (!read.success) return {};
  const message = read.data.error?.message ?? read.data.message ?? read.data.detail;
  const code = read.data.error?.code;
  return { ...(message === undefined ? {} : { message }), ...(code === undefined ? {} : { code }) };
}
