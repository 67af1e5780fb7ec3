import type { Hash } from "../murmur-hash.ts";
import { combinedHash, hashOfSaid } from "../similarity/said-hash.ts";
import type { LoggedCall, Members } from "./call.ts";
import { logFormats } from "./index.ts";
import { readMessages, type Message } from "./messages.ts";

/** One logged call as a chat record, with what it takes to find it again in later ones. */
export interface LoggedChat {
  /** The record, as one line of JSON without its break. */
  readonly line: string;
  /** Of the whole conversation. */
  readonly hash: Hash;
  /** Of the conversation as it stood after each answer before the last. */
  readonly before: readonly Hash[];
}

/** Why a call becomes no record. */
export type Unread = "unknown" | "failed" | "cut" | "filtered" | "unanswered" | "unreadable";

/** Why each kind of calls is left out, for the user. */
export const unreadReasons: Readonly<Record<Unread, string>> = {
  unknown: "no call of a model in a known form",
  failed: "the call failed",
  cut: "the answer was cut by the limit of tokens",
  filtered: "the answer was withheld by a filter",
  unanswered: "there is no answer",
  unreadable: "its messages cannot be read",
};

/** What an entry of a log comes to: chat records, and calls that become none. */
export function readLog(entry: Members): readonly (LoggedChat | Unread)[] {
  for (const { read } of logFormats) {
    const calls = read(entry);
    if (calls) return calls.map(toChat);
  }
  return ["unknown"];
}

const cut: ReadonlySet<string> = new Set(["length", "max_tokens", "max_output_tokens"]);
const filtered: ReadonlySet<string> = new Set(["content_filter", "refusal", "safety"]);

function toChat({ said, answer, tools, ended = "", failed }: LoggedCall): LoggedChat | Unread {
  if (failed || ended === "error") return "failed";
  if (cut.has(ended.toLowerCase())) return "cut";
  if (filtered.has(ended.toLowerCase())) return "filtered";
  if (answer === undefined || answer === null) return "unanswered";
  const asked = readMessages(said);
  const given = readMessages([typeof answer === "object" && !Array.isArray(answer) ? { role: "assistant", ...answer } : { role: "assistant", content: answer }]);
  const messages = asked && given ? [...asked, ...given] : undefined;
  if (!messages || !asked?.some(({ role }) => role === "user")) return "unreadable";
  const last = messages.at(-1);
  if (last?.role !== "assistant" || (last["content"] === "" && last["tool_calls"] === undefined && last["refusal"] === undefined)) return "unanswered";
  const hashes = messages.map(hashOfSaid);
  return {
    line: JSON.stringify({ messages, ...(tools && tools.length > 0 ? { tools } : {}) }),
    hash: combinedHash(hashes),
    before: messages.flatMap(({ role }: Message, place) => (role === "assistant" && place < messages.length - 1 ? [combinedHash(hashes.slice(0, place + 1))] : [])),
  };
}
