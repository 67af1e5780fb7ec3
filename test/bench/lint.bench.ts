import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { openaiSft } from "../../src/dataset/targets/openai.ts";
import { lintFile } from "../../src/workers/lint-file.ts";
import { writeBeside } from "../../src/workers/write-beside.ts";

/** Lints a synthetic chat dataset from disk, beside a bare loop that parses each line of the same file, in the same run. */
const megabytes = 50;
const rounds = 3;

const folder = mkdtempSync(join(tmpdir(), "tunesmith-bench-"));
try {
  const path = join(folder, "chat.jsonl");
  writeBeside(path, synthetic(megabytes * 1e6));
  const size = statSync(path).size / 1e6;

  const atStart = process.resourceUsage().maxRSS;
  const lint = Array.from({ length: rounds }, () => seconds(() => {
    const { records, findings } = lintFile(path, openaiSft);
    if (records === 0 || findings.length > 0) throw new Error("The synthetic dataset should be clean.");
  }));
  // Taken before the bare loop, which holds the whole file.
  const peak = process.resourceUsage().maxRSS;
  const parse = Array.from({ length: rounds }, () => seconds(() => {
    for (const line of readFileSync(path, "utf8").split("\n")) if (line !== "") JSON.parse(line);
  }));

  const speed = (times: readonly number[]): number => size / Math.min(...times);
  console.log(`${size.toFixed(0)} MB of chat records, the best of ${rounds} rounds, Node ${process.version}`);
  console.log(`lint        ${speed(lint).toFixed(1)} MB/s  (${lint.map((time) => `${time.toFixed(2)} s`).join(", ")})`);
  console.log(`JSON.parse  ${speed(parse).toFixed(1)} MB/s  (${parse.map((time) => `${time.toFixed(2)} s`).join(", ")})`);
  console.log(`linting takes ${(speed(parse) / speed(lint)).toFixed(1)} times as long as parsing`);
  console.log(`peak memory of linting ${(peak / 1024).toFixed(0)} MB (${(atStart / 1024).toFixed(0)} MB before it began)`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function seconds(run: () => void): number {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}

/** Chat records of different lengths, all clean and all different, until there are `bytes` of them. */
function* synthetic(bytes: number): Generator<Buffer> {
  const words = ["card", "payment", "refund", "naïve", "Überweisung", "日本", "transfer", "limit", "\"quoted\"", "why", "when", "where"];
  let written = 0;
  for (let index = 0; written < bytes; index++) {
    const said = Array.from({ length: 10 + (index * 7) % 60 }, (_, word) => words[(index + word * word) % words.length]).join(" ");
    const line = Buffer.from(`${JSON.stringify({ messages: [
      { role: "system", content: "Answer the bank's customer in one sentence." },
      { role: "user", content: `${index}: ${said}?` },
      { role: "assistant", content: said },
    ] })}\n`);
    written += line.length;
    yield line;
  }
}
