import type { Speaker } from "../dialogue.ts";
import type { FormatId } from "../formats/index.ts";

export type Method = "sft" | "dpo" | "rft";

/** A target in one word, as the settings and the worker know it: `openai/sft`. */
export type TargetName = `${string}/${Method}`;

/** What a target does with something: refuses the file or drops the record (error), may refuse it or spoils it (warning), or takes it. */
export type Tolerance = "refused" | "doubted" | "taken";

/** What one provider takes for one training method, as data. Whatever is left out is not limited, or not known to be. */
export interface Target {
  /** The provider's word on the command line. */
  readonly id: string;
  /** The provider's name as people know it. */
  readonly provider: string;
  readonly method: Method;
  readonly title: string;
  /** Where the facts below come from, and the day they were read (YYYY-MM-DD). */
  readonly source: string;
  readonly dated: string;
  /** The formats that it takes as they are, the usual one first. */
  readonly formats: readonly FormatId[];
  readonly roles: readonly Speaker[];
  readonly turns: TurnOrder;
  /** Keys that a format does not have: of a record, and of a message. Where a reinforcement's grader reads further keys, they are taken. */
  readonly extraKeys: { readonly record: Tolerance; readonly message: Tolerance; /** Keys of the formats that it takes, which it counts as extra ones. */ readonly unread?: readonly string[] };
  /** `weight` of a message: 0 or 1, or of no effect. */
  readonly weights: "0-or-1" | "ignored" | "refused";
  /** Whether a message may say nothing; refused where it is not said. */
  readonly emptyContent?: Tolerance;
  /** Whether an assistant's content may be null, or lack, beside calls of tools, or beside a refusal or a sound; taken where it is not said. */
  readonly silence?: { readonly calls?: Tolerance; readonly refusal?: Tolerance };
  /** A message may say what it says under `text` instead of `content`. */
  readonly textForContent?: true;
  /** What a trainer learns unless it is set otherwise: of conversations all messages, or of every record all texts; the answers alone where it is not said. */
  readonly learns?: "conversations" | "everything";
  readonly tools: ToolLimits | "refused";
  readonly images?: ImageLimits | "refused";
  /** Contents of messages are plain texts, and lists of parts are refused. */
  readonly content?: "text";
  /** Prompts and completions may be lists of messages. */
  readonly promptsAsMessages?: true;
  /** `messages` may be JSON in a string. */
  readonly messagesAsText?: true;
  /** The columns `images`, `videos` and `audios` are read, and referred to by tags in the texts (`<image>`) or by parts of the content (`{"type": "image"}`). */
  readonly mediaColumns?: "tags" | "parts";
  /** The answers of a preference pair. */
  readonly answers?: { readonly roles: readonly Speaker[]; readonly maximum?: number; readonly promptTurns?: number; /** The prompt has a key of its own: it is not taken from what both answers begin with. */ readonly explicitPrompt?: true };
  /** What the grader needs beside the messages: a key of any name, or one of this name; and how it is taken that nothing is there, refused where it is not said. */
  readonly grader?: {
    readonly key?: string;
    readonly absent?: Tolerance;
    /** Characters above which no answer is expected to be equal to a value. */
    readonly longValue?: number;
    /** Programs in a record are read as JSON once more. */
    readonly escapedSource?: true;
  };
  /** An answer may be marked as one that goes on, by `prefix`: only the last. */
  readonly prefix?: "last";
  readonly minimumRecords: number;
  readonly maximumRecords?: number;
  /** From how many records on the provider itself expects an improvement. */
  readonly recommendedRecords?: number;
  /** Tokens of a record; longer ones are cut from the end, or refused. `bytesPerToken` is the provider's own estimate where it counts so. */
  readonly tokens?: { readonly limit: number; readonly beyond: "cut" | "refused"; readonly bytesPerToken?: number };
  readonly fileBytes?: {
    readonly limit?: number;
    /** Above this many it takes another way of uploading, and which, in words. */
    readonly plain?: { readonly limit: number; readonly beyond: string };
  };
  readonly byteOrderMark: Tolerance | "wanted";
  readonly blankLines: Tolerance | { readonly last: Tolerance; readonly other: Tolerance };
  /** One JSON array instead of a record a line. */
  readonly arrays: "refused" | "taken";
  /** Spellings of special tokens that it refuses in texts, and words that its template reserves. */
  readonly reserved?: readonly string[];
  /** Phrases, in small letters, for which its safety check may block a file. */
  readonly blockedPhrases?: readonly string[];
}

/** The order in which turns come. */
export interface TurnOrder {
  /** Where system or developer may speak: anywhere, only before all others, only first and once. Where they may not at all, `roles` lacks them. */
  readonly system: "anywhere" | "leading" | "first";
  /** How a conversation is taken in which the user says nothing; taken where it is not said. */
  readonly withoutUser?: Tolerance;
  /** Who may begin, after a system turn. */
  readonly starts?: readonly Speaker[];
  /** `no-repeats`: nobody speaks twice in a row, but tools may; `alternating`: the assistant's turns and the others' alternate, but tools may repeat; `strict`: they may not. */
  readonly order: "free" | "no-repeats" | "alternating" | "strict";
  /** How a break of the order is taken. */
  readonly disorder: Exclude<Tolerance, "taken">;
  /** Who has the last word in a conversation, or in the prompt of a pair. */
  readonly last?: { readonly speakers: readonly Speaker[]; readonly otherwise: Exclude<Tolerance, "taken">; readonly text?: true };
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What a target wants of tool definitions and calls. */
export interface ToolLimits {
  readonly arguments: "string" | "object" | "either";
  /** Whether each call has an id that its answer repeats. */
  readonly ids: Tolerance;
  /** The form of the ids, and the form in words. */
  readonly idForm?: { readonly pattern: RegExp; readonly words: string; /** What may stand for the id of a call that no result follows. */ readonly open?: string };
  /** Ids may repeat from one message to the next. */
  readonly idsPerMessage?: true;
  /** Whether `tools` may be JSON in a string. */
  readonly definitionsAsText: Tolerance;
  /** Whether an assistant's message may hold both text and calls. */
  readonly textBeside: Tolerance;
  /** Whether the older `functions` and `function_call` are read. */
  readonly legacy: Tolerance;
  /** Definitions must have a description and parameters. */
  readonly described?: true;
  /** How definitions are taken that no API would take: a name of another form, parameters that are no schema, two tools of one name. */
  readonly definitions: Exclude<Tolerance, "taken">;
  /** How calls without their results, and results without their calls, are taken. */
  readonly pairing: Exclude<Tolerance, "taken">;
  /** How calls of tools that the record does not declare are taken. */
  readonly undeclared: Exclude<Tolerance, "taken">;
  /** How arguments are taken that do not fit the declared parameters. */
  readonly mismatch: Exclude<Tolerance, "taken">;
}

/** What a target wants of pictures. */
export interface ImageLimits {
  /** Records of a file that have any. */
  readonly records?: number;
  readonly perRecord?: number;
  readonly perMessage?: number;
  readonly bytes?: number;
  readonly types: readonly ("jpeg" | "png" | "webp" | "gif")[];
  readonly sources: readonly ("url" | "data" | "s3" | "gs")[];
  /** `image_url` may be the address itself. */
  readonly bareUrl: Tolerance;
  readonly roles: readonly Speaker[];
  /** All messages of a record with pictures write their content as lists, and no message with a picture is trained. */
  readonly allLists?: true;
  /** Neither sounds nor files are taken. */
  readonly visibleOnly?: true;
  /** Videos of a message, where it takes videos: a message holds either, and so does a file. */
  readonly videos?: number;
}
