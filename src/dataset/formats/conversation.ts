import * as z from "zod";

const message = z.object({ role: z.string(), content: z.string(), weight: z.number().optional() });
const conversation = z.object({ messages: z.array(message).min(1) });

/** A chat record whose messages are all plain text. */
export type Conversation = z.infer<typeof conversation>;

/** Reads one line of a chat dataset whose messages are plain text; says in words why it cannot. */
export function readConversation(line: string): Conversation | { readonly reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { reason: "the line is not valid JSON" };
  }
  const read = conversation.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = (issue?.path ?? []).map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("").replace(/^\./, "");
  return { reason: path === "" ? "it is not a chat record" : `${path}: ${issue?.message ?? "unexpected value"}` };
}
