import { readTree } from "../json-node.ts";
import { prettyJson } from "./pretty-json.ts";
import { readConversation, type Conversation } from "./turns.ts";

/** How a record is shown: as a conversation, or as JSON over many lines. */
export type Reading = "conversation" | "json";

/** A record in full, or as much of it as was read. */
export type RecordContent = ({ readonly reading: "conversation" } & Conversation) | { readonly reading: "json"; readonly text: string };

/** A line as somebody wants to read it. What is no conversation is JSON, and what is neither stands as it was written. Never throws. */
export function readContent(line: string, wanted: Reading): RecordContent {
  const conversation = wanted === "conversation" ? readConversation(readTree(line), line) : undefined;
  return conversation ? { reading: "conversation", ...conversation } : { reading: "json", text: prettyJson(line) };
}
