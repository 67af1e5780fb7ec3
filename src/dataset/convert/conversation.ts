import type { JsonText } from "./json-text.ts";

/** Who says a turn. A developer is a system of newer OpenAI models; a tool tells what a call of it gave. */
export type Speaker = "system" | "developer" | "user" | "assistant" | "tool";

/** A conversation to learn from, as no format writes it and every format can be read: the middle of every conversion. */
export interface Conversation {
  readonly turns: readonly Turn[];
  readonly tools: readonly Tool[];
  readonly parallelToolCalls?: Placed<boolean>;
  /** Two ways to go on behind the turns, of which the first is the better one. */
  readonly preference?: { readonly preferred: readonly Turn[]; readonly rejected: readonly Turn[]; readonly path: string };
  /** Whether the last answer is a good one, where answers are judged one by one. */
  readonly label?: Placed<boolean>;
}

/** A value with its place in the record that it was read from, such as `messages[2].weight`. */
export interface Placed<Value> {
  readonly value: Value;
  readonly path: string;
}

/** What one speaker says at a time. */
export interface Turn {
  readonly speaker: Speaker;
  readonly path: string;
  /** Nothing where the content is null or missing, which is not the same as an empty text. */
  readonly parts: readonly Part[];
  readonly name?: string;
  /** 0 or 1 as it is written: whether the turn is trained. */
  readonly weight?: JsonText;
  readonly refusal?: string;
  readonly reasoning?: { readonly key: ReasoningKey; readonly text: string };
  readonly calls?: readonly ToolCall[];
  /** The id of the call whose result a tool tells. */
  readonly resultOf?: string;
}

/** The keys under which chat messages carry what the model thought before it answered. */
export type ReasoningKey = "reasoning_content" | "reasoning" | "thinking";

/** A stretch of a turn's content. */
export type Part = TextPart | MediaPart | ForeignPart;

export interface TextPart {
  readonly kind: "text";
  readonly path: string;
  readonly text: string;
}

export interface MediaPart {
  readonly kind: "image" | "video" | "audio" | "document";
  readonly path: string;
  readonly media: Media;
  /** How closely OpenAI's models look at an image. */
  readonly detail?: string;
}

/** A part that only OpenAI's formats have (`input_audio`, `file`, `refusal`), kept as it is written. */
export interface ForeignPart {
  readonly kind: "foreign";
  readonly path: string;
  readonly type: string;
  readonly json: JsonText;
}

/** A picture, film, sound or document: its bytes in base64, or where they lie. */
export type Media = { readonly data: string; readonly mediaType: string } | { readonly address: string; readonly mediaType?: string };

/** A call that the assistant makes; its arguments are text, which should be a JSON object. */
export interface ToolCall {
  readonly path: string;
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** A tool that the assistant may call; its parameters are a JSON Schema. */
export interface Tool {
  readonly path: string;
  readonly name: string;
  readonly description?: string;
  readonly parameters?: JsonText;
  readonly strict?: boolean;
}
