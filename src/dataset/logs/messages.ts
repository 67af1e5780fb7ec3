import { at, isMembers, listOf, unwrapped, type Members } from "./call.ts";

/** A message of a chat record, with the keys that OpenAI's format knows. */
export type Message = { readonly role: string } & Members;

const roles: Readonly<Record<string, string>> = {
  system: "system", developer: "developer", user: "user", human: "user", assistant: "assistant", ai: "assistant", model: "assistant", tool: "tool", function: "function",
};

/**
 * The messages that logged ones come to, in OpenAI's chat format: those of OpenAI's APIs, LangChain's, and OpenTelemetry's with their parts. Calls of one turn that
 * were logged one by one become one message, a content of "null" beside calls none. Undefined where one of them is no message.
 */
export function readMessages(logged: readonly unknown[]): readonly Message[] | undefined {
  const messages: Message[] = [];
  for (const each of logged) {
    const read = readMessage(unwrapped(each));
    if (!read) return undefined;
    for (const message of read) {
      const last = messages.at(-1);
      const calls = [last, message].map((one) => listOf(one?.["tool_calls"]));
      // A turn's calls are answered together: the services refuse two messages of the assistant in a row where the first calls.
      if (last?.role === "assistant" && message.role === "assistant" && calls[0] && calls[1] && message["content"] === undefined) messages[messages.length - 1] = { ...last, tool_calls: [...calls[0], ...calls[1]] };
      else messages.push(message);
    }
  }
  return messages;
}

function readMessage(value: unknown): readonly Message[] | undefined {
  if (typeof value === "string") return [{ role: "user", content: value }];
  if (!isMembers(value)) return undefined;
  // Items of OpenAI's Responses API.
  if (value["type"] === "function_call") return [{ role: "assistant", tool_calls: [callOf(value["call_id"], value["name"], value["arguments"])] }];
  if (value["type"] === "function_call_output") return [{ role: "tool", tool_call_id: value["call_id"], content: textOf(value["output"]) }];
  if (value["type"] === "reasoning") return [];
  const role = roles[String(value["role"] ?? value["type"]).toLowerCase()];
  if (role === undefined) return undefined;
  const parts = listOf(value["parts"]);
  return parts ? ofParts(role, parts) : [ofContent(role, value)];
}

/** OpenTelemetry's messages: a result of a tool is a part there, and a message of its own here. */
function ofParts(role: string, parts: readonly unknown[]): readonly Message[] {
  const texts: string[] = [];
  const calls: unknown[] = [];
  const results: Message[] = [];
  for (const part of parts) {
    if (!isMembers(part)) continue;
    if (part["type"] === "text" || part["type"] === undefined) texts.push(textOf(part["content"]));
    else if (part["type"] === "tool_call") calls.push(callOf(part["id"], part["name"], part["arguments"]));
    else if (part["type"] === "tool_call_response") results.push({ role: "tool", tool_call_id: part["id"], content: textOf(part["response"] ?? part["result"]) });
  }
  const said = texts.join("\n");
  return [...(texts.length > 0 || calls.length > 0 ? [{ role, ...(said === "" && calls.length > 0 ? {} : { content: said }), ...(calls.length > 0 ? { tool_calls: calls } : {}) }] : []), ...results];
}

function ofContent(role: string, value: Members): Message {
  const calls = listOf(value["tool_calls"])?.map((call) => callOf(at(call, "id"), at(call, "function", "name") ?? at(call, "name"), at(call, "function", "arguments") ?? at(call, "arguments") ?? at(call, "args")));
  const isCalling = (calls?.length ?? 0) > 0;
  const content = contentOf(value["content"]);
  const isNothing = content === undefined || (isCalling && (content === "" || content === "null" || content === "None"));
  return {
    role,
    ...(isNothing ? (isCalling ? {} : { content: "" }) : { content }),
    ...(isCalling ? { tool_calls: calls } : {}),
    ...(typeof value["name"] === "string" && role !== "tool" ? { name: value["name"] } : {}),
    ...(role === "tool" ? { tool_call_id: value["tool_call_id"] } : {}),
    ...(typeof value["refusal"] === "string" ? { refusal: value["refusal"] } : {}),
  };
}

/** A text where all parts are texts; other parts as they are. */
function contentOf(content: unknown): unknown {
  if (typeof content === "string") return content;
  if (content === null || content === undefined) return undefined;
  if (!Array.isArray(content)) return textOf(content);
  const parts = content as readonly unknown[];
  const texts = parts.map((part) => (typeof part === "string" ? part : isMembers(part) && typeof part["text"] === "string" && String(part["type"] ?? "text").endsWith("text") ? part["text"] : undefined));
  return texts.every((text) => text !== undefined) ? texts.join("\n") : parts;
}

function callOf(id: unknown, name: unknown, parameters: unknown): Members {
  return { id, type: "function", function: { name, arguments: typeof parameters === "string" ? parameters : JSON.stringify(parameters ?? {}) } };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? "");
}
