import * as z from "zod";
import { readDialogue, type TextField } from "../dialogue.ts";
import { elements, property } from "../json-node.ts";
import { hasAny, type Format } from "./format.ts";

const block = z.looseObject({ text: z.string("a string").optional(), image: z.looseObject({}, "an object").optional(), video: z.looseObject({}, "an object").optional() }, 'a block such as {"text": "…"}');
/** A text or a block alone is told by the rule `content-form`. */
const blocks = z.union([z.array(block), z.string(), z.looseObject({ text: z.string("a string") })], 'a list of blocks such as [{"text": "…"}]');
const turn = z.looseObject({ role: z.string('"user" or "assistant"'), content: blocks }, 'an object such as {"role": "user", "content": [{"text": "…"}]}');

/** Conversations as Amazon's Converse API writes them. Source: AWS, Nova user guide, fine-tuning data format; aws-samples `nova_ft_dataset_validator.py`. */
export const bedrock = {
  id: "bedrock",
  title: "Bedrock conversation",
  example: '{"schemaVersion": "bedrock-conversation-2024", "messages": [{"role": "user", "content": [{"text": "…"}]}, {"role": "assistant", "content": [{"text": "…"}]}]}',
  keys: ["schemaVersion", "system", "messages"],
  messageKeys: ["role", "content"],
  recognises(record) {
    if (!hasAny(record, "messages")) return false;
    const blocks = elements(property(record, "messages")).flatMap((message) => elements(property(message, "content")));
    return hasAny(record, "schemaVersion") || property(record, "system")?.type === "array" || (blocks.length > 0 && blocks.every((each) => !property(each, "type") && hasAny(each, "text", "image", "video", "toolUse", "toolResult")));
  },
  schema: z.looseObject({ schemaVersion: z.string('a string such as "bedrock-conversation-2024"').optional(), system: blocks.optional(), messages: z.array(turn, "a list of messages") }),
  dialogues: (record) => readDialogue(property(record, "messages"), "messages", "conversation"),
  texts: (record) => elements(property(record, "system")).flatMap((each): readonly TextField[] => {
    const node = property(each, "text");
    return node?.type === "string" ? [{ name: "system", node, purpose: "system" }] : [];
  }),
} as const satisfies Format;
