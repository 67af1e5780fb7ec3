import * as z from "zod";

/** Parts of a message's content, as OpenAI's specification has them; audio and files are known, and refused for training by a rule. */
const contentPart = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("text"), text: z.string("a string") }),
  z.looseObject({ type: z.literal("refusal"), refusal: z.string("a string") }),
  z.looseObject({ type: z.literal("image_url"), image_url: z.union([z.string(), z.looseObject({ url: z.string('a string such as "https://…" or "data:image/png;base64,…"'), detail: z.enum(["auto", "low", "high"], '"auto", "low" or "high"').nullish() })], 'an object such as {"url": "https://…"}') }),
  z.looseObject({ type: z.literal("image") }),
  z.looseObject({ type: z.literal("input_audio") }),
  z.looseObject({ type: z.literal("file") }),
  z.looseObject({ type: z.literal("thinking") }),
], 'a content part such as {"type": "text", "text": "…"}');

export const content = z.union([z.string(), z.array(contentPart), z.null()], "a string or a list of content parts");

const toolCall = z.looseObject({
  type: z.literal("function", '"function"').optional(),
  function: z.looseObject({ name: z.string("a function's name"), arguments: z.unknown().optional() }, 'an object such as {"name": "…", "arguments": "{}"}'),
}, 'a call such as {"id": "…", "type": "function", "function": {"name": "…", "arguments": "{}"}}');

/** Who speaks; which roles a target takes, a rule says. */
const role = z.string('a string such as "user"').meta({ description: "Who speaks.", examples: ["system", "user", "assistant", "tool"] });

export const message = z.looseObject({
  role,
  content: content.optional(),
  name: z.string("a string").nullish(),
  tool_calls: z.array(toolCall, "a list of calls").nullish(),
  function_call: z.looseObject({ name: z.string("a function's name") }, 'an object such as {"name": "…", "arguments": "{}"}').nullish(),
  tool_call_id: z.unknown().meta({ description: "The id of the call that this is the result of." }).optional(),
  weight: z.unknown().meta({ description: "1 to train on this answer, 0 to leave it out.", examples: [0, 1] }).optional(),
}, 'an object with "role" and "content"');

export const messages = z.array(message, 'a list such as [{"role": "user", "content": "…"}, {"role": "assistant", "content": "…"}]');

const functionDefinition = z.looseObject({ name: z.string("a function's name"), description: z.string("a string").nullish(), parameters: z.looseObject({}, "a JSON Schema object").nullish() }, 'an object such as {"name": "…", "parameters": {…}}');

const tool = z.looseObject({ type: z.literal("function", '"function"'), function: functionDefinition }, 'a tool such as {"type": "function", "function": {"name": "…", "parameters": {…}}}');

/** Tools may be JSON in a string at TRL and Axolotl; targets that take lists only say so by a rule. */
export const tools = z.union([z.array(tool), z.string(), z.null()], "a list of tools").optional();

export const functions = z.array(functionDefinition, "a list of functions").nullish();

/** The keys of a message in OpenAI's chat format, with what reasoning models add. */
export const messageKeys = ["role", "content", "name", "weight", "refusal", "audio", "tool_calls", "tool_call_id", "function_call", "reasoning", "reasoning_content", "thinking", "prefix"] as const;
