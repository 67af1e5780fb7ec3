import * as z from "zod";
import { readDialogue } from "../dialogue.ts";
import { property } from "../json-node.ts";
import { hasAny, textField, type Format } from "./format.ts";

/** A list of parts is told by the rule `content-form`. */
const turn = z.looseObject({ role: z.string('"user" or "assistant"'), content: z.union([z.string(), z.array(z.unknown())], "a string") }, 'an object such as {"role": "user", "content": "…"}');

/** Conversations for Claude 3 Haiku on Bedrock. Source: AWS, Bedrock user guide; aws-samples `claude-haiku/data_validation.py`. */
export const claude = {
  id: "claude",
  title: "Claude on Bedrock",
  example: '{"system": "…", "messages": [{"role": "user", "content": "…"}, {"role": "assistant", "content": "…"}]}',
  keys: ["system", "messages"],
  messageKeys: ["role", "content"],
  family: "messages",
  recognises: (record) => hasAny(record, "messages") && property(record, "system")?.type === "string",
  schema: z.looseObject({ system: z.string("a string"), messages: z.array(turn, "a list of messages") }),
  dialogues: (record) => readDialogue(property(record, "messages"), "messages", "conversation"),
  texts: (record) => textField(record, "system", "system"),
} as const satisfies Format;
