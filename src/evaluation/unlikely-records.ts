import type { ChatMessage, Likelihood, WeighedMessage } from "./model.ts";
import { percentiles } from "./statistics/percentiles.ts";

/** A record with how likely a model finds the answers that it would learn of it. */
export interface ScoredRecord {
  /** From 0. */
  readonly line: number;
  readonly messages: readonly WeighedMessage[];
  readonly likelihood: Likelihood;
}

/** A record that a model finds unlikely. */
export interface UnlikelyRecord {
  /** From 0. */
  readonly line: number;
  /** The mean loss of a token of its answers, in nats. */
  readonly loss: number;
  readonly tokens: number;
  /** The last message before the last answer that is learned, and that answer. */
  readonly question: string;
  readonly answer: string;
}

/** The records of a file that a model finds least likely. */
export interface UnlikelyRecords {
  /** Of the records that were scored: how many, and their median loss. */
  readonly scored: number;
  readonly median: number;
  /** The highest loss first. */
  readonly found: readonly UnlikelyRecord[];
}

/**
 * The records with the highest loss, the highest first, records of the same loss in the order of the file. What a model that learned the file still finds unlikely is often a mistake:
 * wrong labels are learned last (Arpit et al., "A Closer Look at Memorization in Deep Networks", arXiv 1706.05394).
 */
export function findUnlikely(records: readonly ScoredRecord[], most: number): UnlikelyRecords {
  const losses = records.map(({ line, messages, likelihood: { logprob, tokens } }) => ({ line, tokens, loss: -logprob / tokens, messages }));
  return {
    scored: records.length,
    median: percentiles({ values: losses.map(({ loss }) => loss) }).p50,
    found: losses.sort((a, b) => b.loss - a.loss || a.line - b.line).slice(0, most).map(({ messages, ...rest }) => ({ ...rest, ...said(messages) })),
  };
}

function said(messages: readonly WeighedMessage[]): Pick<UnlikelyRecord, "question" | "answer"> {
  const last = messages.findLastIndex(({ role, weight = 1 }) => role === "assistant" && weight !== 0);
  return { question: messages[last - 1]?.content ?? "", answer: textOf(messages[last]) };
}

/** What a message says, or which tools it calls. */
function textOf(message: ChatMessage | undefined): string {
  return message === undefined ? "" : message.content === "" && message.tool_calls ? JSON.stringify(message.tool_calls) : message.content;
}
