import { unreadReasons, readLog, type LoggedChat, type Unread } from "../dataset/logs/read-log.ts";
import { hashNumber } from "../dataset/murmur-hash.ts";
import { FileError } from "./file-error.ts";
import type { FileProgress } from "./lint-file.ts";
import { readEntries } from "./read-entries.ts";
import { unchanged } from "./while-unchanged.ts";
import { openDraft, refuseSameFile } from "./write-beside.ts";

/** What was made of a log. */
export interface ImportedLog {
  /** Calls that were read. */
  readonly calls: number;
  /** Records that were written. */
  readonly records: number;
  /** What was left out, each kind with its number, for the user. */
  readonly left: readonly (readonly [reason: string, number: number])[];
}

const inLater = "a later call of the same conversation has all of it";
const again = "the same conversation is there already";

/**
 * Makes chat records of logs of a model's calls, in JSON Lines, JSON, CSV or Parquet: of a conversation that was logged anew with each turn the last state only, and
 * each once. Read twice, so that memory holds some bytes a call. Rejects with a FileError when a file cannot be read or written, or nothing of it becomes a record.
 */
export async function importLogs(inputs: readonly string[], out: string, watch: (progress: FileProgress) => void = () => undefined): Promise<ImportedLog> {
  for (const input of inputs) refuseSameFile(input, out);
  const checks = inputs.map((input) => unchanged(input));
  const continued = new Set<number>();
  for await (const chat of chatsOf(inputs, watch)) if (typeof chat === "object") for (const hash of chat.before) continued.add(hashNumber(hash));
  const draft = openDraft(out);
  const left = new Map<string, number>();
  const leave = (reason: string): void => void left.set(reason, (left.get(reason) ?? 0) + 1);
  const written = new Set<number>();
  let calls = 0;
  try {
    for await (const chat of chatsOf(inputs)) {
      calls++;
      if (typeof chat === "string") leave(unreadReasons[chat]);
      else {
        const hash = hashNumber(chat.hash);
        if (continued.has(hash)) leave(inLater);
        else if (written.has(hash)) leave(again);
        else {
          written.add(hash);
          draft.append(Buffer.from(`${chat.line}\n`));
        }
      }
    }
    for (const check of checks) check();
    if (written.size === 0) throw new FileError("read", inputs.join(", "), new Error(`nothing of it becomes a record${[...left].map(([reason, number]) => `; ${number} × ${reason}`).join("")}. Read are calls as OpenAI, Langfuse and OpenTelemetry log them`));
    draft.publish();
  } catch (error) {
    draft.discard();
    throw error;
  }
  return { calls, records: written.size, left: [...left].sort((a, b) => b[1] - a[1]) };
}

async function* chatsOf(inputs: readonly string[], watch?: (progress: FileProgress) => void): AsyncGenerator<LoggedChat | Unread> {
  for (const input of inputs) {
    for await (const entries of readEntries(input, watch)) {
      for (const entry of entries) if (!("columns" in entry)) yield* "text" in entry ? readText(entry.text) : (["unreadable"] as const);
    }
  }
}

function readText(text: string): readonly (LoggedChat | Unread)[] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? readLog(value as Readonly<Record<string, unknown>>) : ["unknown"];
  } catch {
    return ["unreadable"];
  }
}
