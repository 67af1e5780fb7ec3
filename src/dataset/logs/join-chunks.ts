import { at, isMembers, listOf, type Members } from "./call.ts";

/** A streamed answer, whose fragments were logged one by one, as the answer that it came to; undefined where there are no fragments. */
export function joinChunks(chunks: readonly unknown[]): Members | undefined {
  let content = "";
  let ended: unknown;
  let isChunked = false;
  const calls: { id: unknown; type: "function"; function: { name: string; arguments: string } }[] = [];
  for (const chunk of chunks) {
    const choice = at(chunk, "choices", 0);
    const delta = at(choice, "delta");
    if (!isMembers(delta)) continue;
    isChunked = true;
    if (typeof delta["content"] === "string") content += delta["content"];
    for (const call of listOf(delta["tool_calls"]) ?? []) {
      const place = Number(at(call, "index") ?? calls.length);
      const whole = (calls[place] ??= { id: at(call, "id"), type: "function", function: { name: "", arguments: "" } });
      whole.function.name += stringOf(at(call, "function", "name"));
      whole.function.arguments += stringOf(at(call, "function", "arguments"));
    }
    ended = at(choice, "finish_reason") ?? ended;
  }
  if (!isChunked) return undefined;
  return { choices: [{ message: { role: "assistant", content: content === "" && calls.length > 0 ? null : content, ...(calls.length > 0 ? { tool_calls: calls.filter((call) => call !== undefined) } : {}) }, finish_reason: ended }] };
}

function stringOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
