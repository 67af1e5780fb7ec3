import { createReadStream, createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import * as z from "zod";
import type { MlxLmData } from "./mlx-lm-command.ts";
import type { TrainingRequest } from "./runner.ts";

const record = z.looseObject({ messages: z.array(z.looseObject({ role: z.string(), weight: z.number().nullish() })) });

/**
 * Writes the folder that mlx-lm reads: `train.jsonl` and, where there is a validation file, `valid.jsonl`. mlx-lm learns the last message of a record only and knows no weights, so a record
 * becomes one for each answer that is learned, which ends there. Rejects with Node's error, or a SyntaxError for what is no JSON.
 */
export async function writeMlxLmData({ trainingFile, validationFile }: Pick<TrainingRequest, "trainingFile" | "validationFile">, folder: string): Promise<MlxLmData> {
  await mkdir(folder, { recursive: true });
  const trainingRecords = await writeAnswers(trainingFile, join(folder, "train.jsonl"));
  const validationRecords = validationFile === undefined ? 0 : await writeAnswers(validationFile, join(folder, "valid.jsonl"));
  return { folder, trainingRecords, validationRecords };
}

/** Gives how many were written. */
async function writeAnswers(from: string, to: string): Promise<number> {
  let written = 0;
  await pipeline(createInterface({ input: createReadStream(from, "utf8"), crlfDelay: Infinity }), async function* (lines) {
    for await (const line of lines as AsyncIterable<string>) {
      for (const one of answersOf(line.replace(/^\uFEFF/, ""))) {
        written++;
        yield `${JSON.stringify(one)}\n`;
      }
    }
  }, createWriteStream(to));
  return written;
}

function answersOf(line: string): object[] {
  if (line.trim() === "") return [];
  const { messages, ...rest } = record.parse(JSON.parse(line));
  const plain = messages.map(({ weight: _weight, ...message }) => message);
  return messages.flatMap(({ role, weight }, index) => (role === "assistant" && weight !== 0 ? [{ ...rest, messages: plain.slice(0, index + 1) }] : []));
}
