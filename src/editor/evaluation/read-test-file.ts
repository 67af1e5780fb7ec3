import { setImmediate } from "node:timers/promises";
import { createLeakageCheck } from "../../evaluation/leakage.ts";
import { createTestSet, type Refusal, type TestRecord } from "../../evaluation/test-set.ts";
import { describeFileError } from "../../workers/file-error.ts";
import { hashFile } from "../../workers/hash-file.ts";
import { openSource, type RawLine } from "../../workers/read-source.ts";

/** A test file, read. */
export interface TestFile {
  readonly sha256: string;
  readonly records: readonly TestRecord[];
  readonly refused: readonly Refusal[];
}

/** How long one turn of reading may hold up the extension host, in milliseconds. */
const turn = 8;

/** Reads and hashes a test file. Rejects with a sentence for the user when it cannot be read, and with the signal's reason when cancelled. */
export async function readTestFile(path: string, signal: AbortSignal): Promise<TestFile> {
  const set = createTestSet();
  await eachLine(path, (line) => set.add(line), signal);
  return { sha256: await hash(path, signal), records: set.records, refused: set.refused };
}

/** Takes out the records whose question the training file asks too. The training file is read to its end and not held. */
export async function withoutTrainingRecords(test: TestFile, trainingPath: string, signal: AbortSignal): Promise<{ readonly test: TestFile; readonly sha256: string }> {
  const check = createLeakageCheck(test.records);
  await eachLine(trainingPath, ({ text }) => check.addTrainingLine(text), signal);
  const leaked = check.refusals();
  const lines = new Set(leaked.map(({ line }) => line));
  return {
    test: { ...test, records: test.records.filter(({ line }) => !lines.has(line)), refused: [...test.refused, ...leaked].sort((a, b) => a.line - b.line) },
    sha256: await hash(trainingPath, signal),
  };
}

/** Calls `take` with every line, and lets the extension host do other work in between. */
async function eachLine(path: string, take: (line: RawLine) => void, signal: AbortSignal): Promise<void> {
  let source;
  try {
    source = openSource(path);
    let began = performance.now();
    for (const line of source.lines) {
      take(line);
      if (performance.now() - began < turn) continue;
      await setImmediate(undefined, { signal });
      began = performance.now();
    }
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(describeFileError("read", path, error), { cause: error });
  } finally {
    source?.close();
  }
}

async function hash(path: string, signal: AbortSignal): Promise<string> {
  try {
    return await hashFile(path, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(describeFileError("read", path, error), { cause: error });
  }
}
