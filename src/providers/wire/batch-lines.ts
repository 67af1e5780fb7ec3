import * as z from "zod";
import type { BatchPart, BatchQuestion, BatchResult } from "../../evaluation/batch/batches.ts";
import type { ChatAnswer } from "../../evaluation/model.ts";
import type { Download } from "../../jobs/artifact.ts";
import { readErrorBody } from "../http/error-body.ts";

/** The most that one batch may hold. */
export interface BatchLimits {
  readonly requests: number;
  readonly bytes: number;
}

const response = z.object({ status_code: z.int(), body: z.unknown() });
const result = z.object({ custom_id: z.string().min(1), response: response.nullish().catch(undefined), error: z.unknown() });
/** Statuses of answers that may be others when the same is asked again; every fault of the server besides. */
const passingStatuses: readonly number[] = [408, 409, 425, 429];

/** Puts questions into as few batches as the limits allow, in their order. `toLine` writes one, without a line break. */
export function* splitQuestions(questions: readonly BatchQuestion[], toLine: (question: BatchQuestion) => string, { requests, bytes }: BatchLimits): Generator<BatchPart> {
  let part: { ids: string[]; lines: string[] } = { ids: [], lines: [] };
  let size = 0;
  for (const question of questions) {
    const line = `${toLine(question)}\n`;
    const length = Buffer.byteLength(line);
    if (part.ids.length > 0 && (part.ids.length === requests || size + length > bytes)) {
      yield part;
      part = { ids: [], lines: [] };
      size = 0;
    }
    part.ids.push(question.id);
    part.lines.push(line);
    size += length;
  }
  if (part.ids.length > 0) yield part;
}

/**
 * Reads a line of a batch's output or errors, which have the same form; undefined for what is no such line. `toAnswer` reads the body of an answer, and throws
 * when it is none. Source: the Batch API's request output object, `{custom_id, response: {status_code, body}, error: {code, message}}`.
 */
export function readResultLine(line: string, title: string, toAnswer: (body: unknown) => ChatAnswer): BatchResult | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const read = result.safeParse(value);
  if (!read.success) return undefined;
  const { custom_id: id, response: answered, error } = read.data;
  const failure = (words: string, passing: boolean): BatchResult => ({ id, passing, outcome: { failure: words } });
  if (!answered) {
    // Expired or cancelled before its turn: nobody has looked at the question.
    const { message, code } = readErrorBody({ error });
    const unasked = code === undefined || /expired|cancell?ed|rate|timeout|server|unavailable|internal/i.test(code);
    return failure(`${title} left it without an answer${message === undefined ? "" : `: ${message}`}`, unasked);
  }
  const { status_code: status, body } = answered;
  if (status < 200 || status >= 300) {
    const { message = `HTTP ${status}` } = readErrorBody(body);
    return failure(`${title} refuses the question: ${message}`, passingStatuses.includes(status) || status >= 500);
  }
  try {
    return { id, passing: false, outcome: toAnswer(body) };
  } catch (caught) {
    return failure(caught instanceof Error ? caught.message : String(caught), false);
  }
}

/** The lines of a download, which may be of any size. */
export async function* linesOf({ content }: Download): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const piece of content) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  yield rest + decoder.decode();
}
