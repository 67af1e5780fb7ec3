import * as z from "zod";
import { readDialogue, type TextField } from "../dialogue.ts";
import { elements, property } from "../json-node.ts";
import { hasAny, type Format } from "./format.ts";

const location = z.looseObject({ uri: z.string('a string such as "s3://…"') }, 'an object such as {"uri": "s3://…"}');
const source = z.looseObject({ s3Location: location }, 'an object such as {"s3Location": {"uri": "s3://…"}}');
const medium = (format: string) => z.looseObject({ format: z.string(`a string such as "${format}"`), source }, `an object such as {"format": "${format}", "source": {"s3Location": {"uri": "s3://…"}}}`).nullish();
/** What a block may hold; tools are known, and refused by a rule. */
const kinds = ["text", "image", "video", "toolUse", "toolResult"] as const;
const block = z.looseObject({ text: z.string("a string").nullish(), image: medium("png"), video: medium("mp4") }, 'a block such as {"text": "…"}')
  .refine((value) => kinds.some((kind) => (value[kind] ?? null) !== null), 'a block with "text", "image" or "video"');
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
    return hasAny(record, "schemaVersion") || property(record, "system")?.type === "array" || (blocks.every((each) => !property(each, "type")) && blocks.some((each) => hasAny(each, ...kinds)));
  },
  schema: z.looseObject({ schemaVersion: z.string('a string such as "bedrock-conversation-2024"').optional(), system: z.union([z.array(z.looseObject({ text: z.string("a string") }, 'a block such as {"text": "…"}')), z.string(), z.looseObject({ text: z.string("a string") })], 'a list of blocks such as [{"text": "…"}]').nullish(), messages: z.array(turn, "a list of messages") }),
  dialogues: (record) => readDialogue(property(record, "messages"), "messages", "conversation"),
  texts: (record) => elements(property(record, "system")).flatMap((each): readonly TextField[] => {
    const node = property(each, "text");
    return node?.type === "string" ? [{ name: "system", node, purpose: "system" }] : [];
  }),
} as const satisfies Format;
