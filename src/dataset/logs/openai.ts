import { at, isMembers, listOf, type LogFormat, type LoggedCall, type Members } from "./call.ts";
import { joinChunks } from "./join-chunks.ts";

/** Stored completions and responses of OpenAI's APIs with what was asked, and logs of request and response, as proxies and batches keep them. */
export const openai: LogFormat = {
  id: "openai",
  title: "OpenAI (stored completions and responses, logs of request and response)",
  read(entry) {
    const pages = entry["object"] === "list" ? listOf(entry["data"]) : undefined;
    if (pages) return pages.flatMap((each) => (isMembers(each) ? (openai.read(each) ?? []) : []));
    const request = [entry["request"], entry["body"], entry["input"], entry].map((each) => (isMembers(at(each, "body")) ? at(each, "body") : each)).find((each) => listOf(at(each, "messages")));
    const response = responseOf(entry);
    if (request !== undefined && response) return [toCall(at(request, "messages"), request, response)];
    if (entry["object"] !== "response" && !listOf(at(entry, "response", "output"))) return undefined;
    const answer = isMembers(entry["response"]) ? entry["response"] : entry;
    const asked = at(entry, "request", "input") ?? entry["input"];
    const output = listOf(answer["output"]);
    if (!output || asked === undefined) return undefined;
    const instructions = at(entry, "request", "instructions") ?? answer["instructions"];
    const said = [...(typeof instructions === "string" ? [{ role: "system", content: instructions }] : []), ...(listOf(asked) ?? [asked])];
    return [{ said: [...said, ...output.slice(0, -1)], answer: output.at(-1), ended: answer["status"] === "incomplete" ? "length" : "stop", failed: answer["status"] === "failed", ...toolsOf(at(entry, "request", "tools") ?? answer["tools"], true) }];
  },
};

function responseOf(entry: Members): unknown {
  for (const each of [at(entry, "response", "body"), entry["response"], entry["output"], entry]) {
    const chunks = listOf(each);
    const whole = chunks ? joinChunks(chunks) : each;
    if (listOf(at(whole, "choices"))) return whole;
  }
  return undefined;
}

function toCall(messages: unknown, request: unknown, response: unknown): LoggedCall {
  const choice = at(response, "choices", 0);
  const ended = at(choice, "finish_reason");
  return { said: listOf(messages) ?? [], answer: at(choice, "message"), ...(typeof ended === "string" ? { ended } : {}), ...toolsOf(at(request, "tools")) };
}

/** The Responses API writes a function without the key around it. */
function toolsOf(tools: unknown, areFlat = false): Pick<LoggedCall, "tools"> {
  const list = listOf(tools)?.filter((tool) => at(tool, "type") === "function" || at(tool, "function") !== undefined) ?? [];
  const flat = ({ type: _type, ...rest }: Members): Members => ({ type: "function", function: rest });
  return list.length > 0 ? { tools: areFlat ? list.map((tool) => (isMembers(tool) && !isMembers(tool["function"]) ? flat(tool) : tool)) : list } : {};
}
