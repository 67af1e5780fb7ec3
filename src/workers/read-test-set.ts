import { createLeakageCheck } from "../evaluation/leakage.ts";
import { createTestSet, type Refusal, type TestRecord } from "../evaluation/test-set.ts";
import { createSystemMessages } from "../evaluation/system-messages.ts";
import { attempt } from "./file-error.ts";
import { hashFile } from "./hash-file.ts";
import { nearLeaks } from "./near-leaks.ts";
import { openSource, type RawLine } from "./read-source.ts";

/** A test file, read. */
export interface TestFile {
  /** Of its bytes, as 64 hexadecimal digits. */
  readonly sha256: string;
  readonly records: readonly TestRecord[];
  readonly refused: readonly Refusal[];
}

/** A test file without the records that the training file asks too, where one was compared with. */
export interface FairTestFile extends TestFile {
  readonly training?: {
    readonly sha256: string;
    /** How many records were taken out. */
    readonly leaked: number;
    /** How many of those that are left have a system message, or none, that no record of the training file has. */
    readonly otherSystem: number;
  };
}

/**
 * Reads and hashes a test file, and takes out the records whose question the training file asks too, and those that nearly equal one of its records or go on with its conversations. The
 * training file is read to its end and not held. Rejects with a FileError when one of them cannot be read.
 */
export async function readTestSet(path: string, trainingPath?: string): Promise<FairTestFile> {
  const set = createTestSet();
  eachLine(path, (line) => set.add(line));
  const test: TestFile = { sha256: await hashFile(path), records: set.records, refused: set.refused };
  if (trainingPath === undefined) return test;
  const check = createLeakageCheck(test.records);
  const systems = createSystemMessages();
  eachLine(trainingPath, ({ text }) => {
    check.addTrainingLine(text);
    systems.addTrainingLine(text);
  });
  const asked = check.refusals();
  const lines = new Set(asked.map(({ line }) => line));
  const near = nearLeaks(path, trainingPath);
  const like = test.records.flatMap(({ line }) => (near.has(line) && !lines.has(line) ? [{ line, reason: `it is too much like line ${near.get(line)} of the training file, so that a right answer would prove nothing` }] : []));
  for (const { line } of like) lines.add(line);
  const records = test.records.filter(({ line }) => !lines.has(line));
  return {
    sha256: test.sha256, records,
    refused: [...test.refused, ...asked, ...like].sort((a, b) => a.line - b.line),
    training: { sha256: await hashFile(trainingPath), leaked: lines.size, otherSystem: systems.countOthers(records) },
  };
}

function eachLine(path: string, take: (line: RawLine) => void): void {
  const source = attempt("read", path, () => openSource(path));
  try {
    attempt("read", path, () => {
      for (const line of source.lines) take(line);
    });
  } finally {
    source.close();
  }
}
