import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Template } from "@huggingface/jinja";
import { Tokenizer } from "@huggingface/tokenizers";
import { recordTokens, type RecordTokens } from "../dataset/insight/tokens.ts";
import { attempt, FileError } from "./file-error.ts";

interface Message {
  readonly content?: unknown;
}

/** A special token is written as a text, or as an object with its text. */
type SpecialToken = string | { readonly content?: string } | null | undefined;

/**
 * How many tokens a record has for the model of a folder: a conversation as the model's own chat template writes it, which is what a training sees; another
 * record by its texts. A conversation that the template refuses counts by its texts too. Throws a FileError when the folder cannot be read.
 */
export function openChatTokens(folder: string): (line: string) => RecordTokens {
  const read = (name: string): string => attempt("read", join(folder, name), () => readFileSync(join(folder, name), "utf8"));
  const parse = (name: string): Record<string, unknown> => {
    const text = read(name);
    try {
      return JSON.parse(text) as Record<string, unknown>;
    } catch (error) {
      throw new FileError("read", join(folder, name), error);
    }
  };
  const config = parse("tokenizer_config.json");
  const tokenizer = new Tokenizer(parse("tokenizer.json"), config);
  const count = (text: string): number => tokenizer.encode(text, { add_special_tokens: false }).ids.length;
  const written = existsSync(join(folder, "chat_template.jinja")) ? read("chat_template.jinja") : config["chat_template"];
  const template = typeof written === "string" ? new Template(written) : undefined;
  const special = Object.fromEntries(["bos_token", "eos_token", "pad_token", "unk_token"].map((name) => [name, textOf(config[name] as SpecialToken)]));
  return (line) => {
    const plain = recordTokens(line, count);
    const { messages, tools } = readRecord(line);
    if (!template || !messages || plain.tokens === 0) return plain;
    try {
      // Definitions of tools are in what the template writes; pictures are not.
      const more = plain.more && !Array.isArray(tools);
      return { tokens: count(template.render({ messages: messages.map(toTemplateMessage), tools: tools ?? null, add_generation_prompt: false, ...special })), more };
    } catch {
      return plain;
    }
  };
}

/** As the engine hands them over: `to_template_message` of src/engine/python/records.py. */
function toTemplateMessage({ content, ...message }: Message): object {
  const { weight: _weight, ...rest } = message as { weight?: unknown };
  const text = Array.isArray(content) ? content.map((part: { type?: unknown; text?: unknown }) => (part.type === "text" ? String(part.text ?? "") : "")).join("") : content;
  return { ...rest, content: text ?? "" };
}

function readRecord(line: string): { readonly messages?: readonly Message[]; readonly tools?: unknown } {
  try {
    const record = JSON.parse(line) as { messages?: unknown; tools?: unknown } | null;
    return Array.isArray(record?.messages) ? { messages: record.messages as Message[], tools: record.tools } : {};
  } catch {
    return {};
  }
}

function textOf(token: SpecialToken): string {
  return typeof token === "string" ? token : (token?.content ?? "");
}
