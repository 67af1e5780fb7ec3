import { at, isMembers, listOf, unwrapped, type LogFormat } from "./call.ts";

/** Observations of Langfuse, as its interface, its API and its exports to storage write them (https://langfuse.com/docs/api-and-data-platform/features/blob-storage-export-fields). */
export const langfuse: LogFormat = {
  id: "langfuse",
  title: "Langfuse (observations)",
  read(entry) {
    const page = listOf(entry["data"]) ?? listOf(entry["observations"]);
    if (page?.some((each) => isMembers(each) && isObservation(each))) return page.flatMap((each) => (isMembers(each) ? (langfuse.read(each) ?? []) : []));
    if (!isObservation(entry)) return undefined;
    // Spans and events hold no call of a model.
    if (String(entry["type"]).toUpperCase() !== "GENERATION") return [];
    const input = unwrapped(entry["input"]);
    const messages = listOf(input) ?? listOf(at(input, "messages")) ?? (typeof input === "string" ? [input] : []);
    const output = unwrapped(entry["output"]);
    const choice = at(output, "choices", 0);
    const answer = at(choice, "message") ?? (Array.isArray(output) ? (output as readonly unknown[]).at(-1) : output);
    const ended = at(choice, "finish_reason") ?? at(answer, "finish_reason");
    const tools = listOf(at(input, "tools")) ?? listOf(at(entry, "modelParameters", "tools")) ?? listOf(at(entry, "model_parameters", "tools"));
    return [{ said: messages, answer: typeof answer === "string" ? { role: "assistant", content: answer } : answer, failed: entry["level"] === "ERROR", ...(typeof ended === "string" ? { ended } : {}), ...(tools ? { tools } : {}) }];
  },
};

function isObservation(entry: Readonly<Record<string, unknown>>): boolean {
  return typeof entry["type"] === "string" && (entry["traceId"] ?? entry["trace_id"]) !== undefined && "input" in entry && "output" in entry;
}
