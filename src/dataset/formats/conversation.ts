import * as z from "zod";

const text = z.union([z.string(), z.record(z.string(), z.unknown()).transform((value) => JSON.stringify(value))]);
const call = z.object({ id: z.string().optional(), type: z.string().optional(), function: z.object({ name: z.string(), arguments: text }) });
const plain = z.object({ role: z.string(), content: z.string(), weight: z.number().optional(), tool_calls: z.array(call).optional(), tool_call_id: z.string().optional() });
const message = z.preprocess(withContent, plain);
const conversation = z.object({ messages: z.array(message).min(1), tools: z.array(z.record(z.string(), z.unknown())).optional().catch(undefined) });

/** A chat record whose messages are plain text or call tools. Arguments of calls are JSON texts, and a message that says nothing but calls has an empty content. */
export interface Conversation extends z.infer<typeof conversation> {
  /** What else the record has. */
  readonly others: Readonly<Record<string, unknown>>;
}

/** Reads one line of a chat dataset whose messages are plain text or call tools; says in words why it cannot. */
export function readConversation(line: string): Conversation | { readonly reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { reason: "the line is not valid JSON" };
  }
  const read = conversation.safeParse(value);
  if (read.success) {
    const { messages: _messages, tools: _tools, ...others } = value as Readonly<Record<string, unknown>>;
    return { ...read.data, others };
  }
  const [issue] = read.error.issues;
  const path = (issue?.path ?? []).map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("").replace(/^\./, "");
  return { reason: path === "" ? "it is not a chat record" : `${path}: ${issue?.message ?? "unexpected value"}` };
}

/** Only a message that calls tools may be without content; what is null counts as not there. */
function withContent(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { tool_calls: calls, content, ...rest } = value as Readonly<Record<string, unknown>>;
  const calling = Array.isArray(calls) && calls.length > 0;
  return { ...rest, content: calling ? (content ?? "") : content, ...(calling ? { tool_calls: calls } : {}) };
}
