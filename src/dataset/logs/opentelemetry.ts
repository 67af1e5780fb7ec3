import { at, isMembers, listOf, unwrapped, type LogFormat, type LoggedCall, type Members } from "./call.ts";

/**
 * Spans of OpenTelemetry's conventions for generative AI (https://opentelemetry.io/docs/specs/semconv/gen-ai/), in OTLP's JSON as collectors write it or one span an
 * entry: messages as attributes (`gen_ai.input.messages`), as events of versions up to 1.36, and numbered, as OpenLLMetry wrote them.
 */
export const opentelemetry: LogFormat = {
  id: "opentelemetry",
  title: "OpenTelemetry (spans for generative AI)",
  read(entry) {
    const resources = listOf(entry["resourceSpans"]);
    if (resources) {
      const spans = resources.flatMap((resource) => listOf(at(resource, "scopeSpans"))?.flatMap((scope) => listOf(at(scope, "spans")) ?? []) ?? []);
      return spans.flatMap((span) => (isMembers(span) ? readSpan(span) : []));
    }
    const attributes = attributesOf(entry["attributes"]);
    return Object.keys(attributes).some((name) => name.startsWith("gen_ai.")) ? readSpan(entry) : undefined;
  },
};

function readSpan(span: Members): readonly LoggedCall[] {
  const attributes = attributesOf(span["attributes"]);
  const call = ofAttributes(attributes) ?? ofEvents(listOf(span["events"]) ?? []) ?? ofNumbered(attributes);
  if (!call) return [];
  const code = at(span, "status", "code") ?? at(span, "status", "status_code");
  const reasons = listOf(attributes["gen_ai.response.finish_reasons"]) ?? [];
  const ended = call.ended ?? reasons.find((reason) => typeof reason === "string");
  const tools = call.tools ?? toolsOf(attributes["gen_ai.tool.definitions"]);
  return [{ ...call, failed: code === 2 || code === "STATUS_CODE_ERROR" || code === "ERROR", ...(typeof ended === "string" ? { ended } : {}), ...(tools ? { tools } : {}) }];
}

function ofAttributes(attributes: Members): LoggedCall | undefined {
  const input = listOf(attributes["gen_ai.input.messages"]);
  const [answer] = listOf(attributes["gen_ai.output.messages"]) ?? [];
  if (!input || answer === undefined) return undefined;
  const instructions = listOf(attributes["gen_ai.system_instructions"]);
  const ended = at(answer, "finish_reason");
  return { said: [...(instructions ? [{ role: "system", parts: instructions }] : []), ...input], answer, ...(typeof ended === "string" ? { ended } : {}) };
}

/** Events named `gen_ai.user.message` and so on, whose attributes or bodies are the messages; the answer is `gen_ai.choice`. */
function ofEvents(events: readonly unknown[]): LoggedCall | undefined {
  const said: unknown[] = [];
  for (const event of events) {
    const name = String(at(event, "name"));
    const body = { ...attributesOf(at(event, "attributes")), ...asMembers(unwrapped(at(event, "body"))) };
    if (name === "gen_ai.choice") {
      const ended = body["finish_reason"];
      return { said, answer: { role: "assistant", ...asMembers(unwrapped(body["message"] ?? body)) }, ...(typeof ended === "string" ? { ended } : {}) };
    }
    const [, role] = /^gen_ai\.(system|user|assistant|tool)\.message$/.exec(name) ?? [];
    if (role !== undefined) said.push({ ...body, role, ...(role === "tool" ? { tool_call_id: body["id"] ?? body["tool_call_id"] } : {}) });
  }
  return undefined;
}

/** Attributes named `gen_ai.prompt.0.role` and so on. */
function ofNumbered(attributes: Members): LoggedCall | undefined {
  const under = (prefix: string): readonly Members[] => {
    const found: Record<string, unknown>[] = [];
    for (const [name, value] of Object.entries(attributes)) {
      const [, place, key] = new RegExp(`^gen_ai\\.${prefix}\\.(\\d{1,4})\\.(role|content|finish_reason|tool_call_id)$`).exec(name) ?? [];
      if (place !== undefined && key !== undefined) (found[Number(place)] ??= {})[key] = value;
    }
    return found.filter((message) => message !== undefined);
  };
  const [answer] = under("completion");
  const said = under("prompt");
  const ended = answer?.["finish_reason"];
  return answer && said.length > 0 ? { said, answer: { role: "assistant", ...answer }, ...(typeof ended === "string" ? { ended } : {}) } : undefined;
}

/** OTLP writes attributes as a list of keys with typed values; SDKs write an object. */
function attributesOf(attributes: unknown): Members {
  const list = listOf(attributes);
  return list ? Object.fromEntries(list.map((each) => [String(at(each, "key")), valueOf(at(each, "value"))])) : asMembers(attributes);
}

function valueOf(value: unknown): unknown {
  if (!isMembers(value)) return value;
  const values = at(value, "arrayValue", "values");
  if (Array.isArray(values)) return (values as readonly unknown[]).map(valueOf);
  const entries = at(value, "kvlistValue", "values");
  if (Array.isArray(entries)) return attributesOf(entries);
  return value["stringValue"] ?? value["intValue"] ?? value["doubleValue"] ?? value["boolValue"];
}

function toolsOf(definitions: unknown): readonly unknown[] | undefined {
  return listOf(definitions)?.map((tool) => {
    if (!isMembers(tool) || isMembers(tool["function"])) return tool;
    const { type: _type, ...rest } = tool;
    return { type: "function", function: rest };
  });
}

function asMembers(value: unknown): Members {
  return isMembers(value) ? value : {};
}
