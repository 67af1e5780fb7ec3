import * as z from "zod";

/** One call of a tool, with its arguments as they were read; a text that is no JSON stays a text. */
export interface CalledTool {
  readonly name: string;
  readonly arguments: unknown;
}

/** How OpenAI's chat format writes calls. */
const wireCalls = z.array(z.object({ function: z.object({ name: z.string(), arguments: z.union([z.string(), z.record(z.string(), z.unknown())]) }) }));
const writtenCalls = z.object({ content: z.string().optional(), tool_calls: z.array(z.object({ name: z.string(), arguments: z.unknown() })).min(1) });

/**
 * An answer that calls tools as one text, which answers and references are: `{"content"?, "tool_calls": [{"name", "arguments"}]}`, the arguments as a value and not as a
 * text, without ids. Undefined where `calls` is none or empty, or not what OpenAI's format has.
 */
export function writeCalls(content: string | null | undefined, calls: unknown): string | undefined {
  const read = wireCalls.safeParse(calls);
  if (!read.success || read.data.length === 0) return undefined;
  return JSON.stringify({ ...(content ? { content } : {}), tool_calls: read.data.map(({ function: { name, arguments: given } }) => ({ name, arguments: typeof given === "string" ? parsed(given) : given })) });
}

/** The calls of an answer that `writeCalls` wrote; none of any other text. */
export function readCalls(text: string): readonly CalledTool[] {
  const read = writtenCalls.safeParse(parsed(text));
  return read.success ? read.data.tool_calls : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
