import { build } from "esbuild";
import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createIncrementalLinter } from "../../src/dataset/incremental-linter.ts";
import { sourceOf } from "../../src/dataset/lines.ts";
import { lintOnce } from "../../src/dataset/lint.ts";
import { openaiSft } from "../../src/dataset/targets/openai.ts";
import { runInExtensionHost } from "../host/extension-tests.mjs";
import type { TypingReport } from "./typing-in-host.ts";

/**
 * Typing in a dataset that is just short of what VS Code makes a document of: what the worker does for an edit, beside a full lint of the same text and a
 * bare loop that parses each of its lines, in the same run; and then, in a real VS Code, what a key costs the extension host. The extension is the one
 * in dist/: build first.
 */
const megabytes = 50;
const edits = 30;
const options = { mostOfRule: 500 };
const facts = { encoding: "utf-8", byteOrderMark: false } as const;

/** Chat records of different lengths, all different; every 200th has a role that is misspelt. */
function synthetic(bytes: number): string {
  const words = ["card", "payment", "refund", "transfer", "limit", "why", "when", "where", "\"quoted\"", "naïve"];
  const lines: string[] = [];
  for (let index = 0, written = 0; written < bytes; index++) {
    const said = Array.from({ length: 10 + (index * 7) % 60 }, (_, word) => words[(index + word * word) % words.length]).join(" ");
    const line = `${JSON.stringify({ messages: [{ role: index % 200 === 0 ? "User" : "user", content: `${index}: ${said}?` }, { role: "assistant", content: said }] })}\n`;
    written += Buffer.byteLength(line);
    lines.push(line);
  }
  return lines.join("");
}

const text = synthetic(megabytes * 1e6);
const records = text.split("\n").length - 1;
console.log(`${(Buffer.byteLength(text) / 1e6).toFixed(0)} MB, ${records.toLocaleString("en")} chat records, ${Math.ceil(records / 200)} of them with a fault, Node ${process.version}`);
benchWorker();
await benchHost();

/** Times of CPU, so that what else runs on the machine does not count. */
function benchWorker(): void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const held = (): number => {
    collect();
    return process.memoryUsage().heapUsed / 1e6;
  };
  const before = held();
  const linter = createIncrementalLinter(text, openaiSft);
  const first = spend(() => linter.lint(facts, options));
  const memory = held() - before;
  const middle = text.indexOf('"content":"', Math.floor(text.length / 2)) + 11;
  const typed: number[] = [];
  const counts = new Set<number>();
  const linted = Array.from({ length: edits }, () => {
    typed.push(spend(() => linter.replace(middle, 0, "a")));
    return spend(() => counts.add(linter.lint(facts, { ...options, slowAsBefore: true }).linted));
  });
  const slow = Array.from({ length: 3 }, () => spend(() => linter.lint(facts, options)));
  const whole = Array.from({ length: 3 }, () => spend(() => lintOnce(sourceOf(text), openaiSft, options)));
  const parsed = Array.from({ length: 3 }, () => spend(() => text.split("\n").forEach((line) => line !== "" && JSON.parse(line))));
  console.log(`the worker, milliseconds of CPU, the median (and 95th percentile) of ${edits} edits in the middle of the text`);
  console.log(`  taking an edit         ${figures(typed)}`);
  console.log(`  linting after it       ${figures(linted)}, records linted: ${[...counts].join(", ")}`);
  console.log(`  comparing all records  ${figures(slow)}, once nothing is typed`);
  console.log(`  linting all at first   ${first.toFixed(0)}; it holds ${memory.toFixed(0)} MB beside the text of ${(text.length / 1e6).toFixed(0)} MB`);
  console.log(`  lint of the whole text ${figures(whole)}: ${(median(whole) / median(linted)).toFixed(0)} times as long as linting after an edit`);
  console.log(`  JSON.parse of all lines ${figures(parsed)}: ${(median(parsed) / median(linted)).toFixed(1)} times as long`);
}

async function benchHost(): Promise<void> {
  const scratch = await realpath(await mkdtemp(join(tmpdir(), "tunesmith-bench-")));
  try {
    const bundle = "out/bench/typing-in-host.cjs";
    await build({ entryPoints: ["test/bench/typing-in-host.ts"], outfile: bundle, bundle: true, format: "cjs", platform: "node", target: "node20", external: ["vscode"] });
    await writeFile(join(scratch, "chat.jsonl"), text);
    const logs = resolve("out/logs/bench-typing");
    await runInExtensionHost({ bundle, workspace: scratch, logs, runTimeout: 1_200_000 });
    const { characters, openedAfter, rounds, untilFound } = JSON.parse(await readFile(join(logs, "typing.json"), "utf8")) as TypingReport;
    console.log(`the extension host of a real VS Code, a document of ${(characters / 1e6).toFixed(1)} million characters, found faulty ${(openedAfter / 1000).toFixed(1)} s after it was opened; milliseconds from one key to the next, the median (and 95th percentile) of ${rounds[0]?.own.length ?? 0} keys`);
    for (const { name, own, all } of rounds) console.log(`  ${name}: ${figures(own)} in Tunesmith, ${figures(all)} in all; ${((100 * sum(own)) / sum(all)).toFixed(1)} % of it is Tunesmith's`);
    console.log(`  from a key that makes or mends a fault to its diagnostics: ${figures(untilFound)}`);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function spend(run: () => unknown): number {
  const start = process.cpuUsage();
  const began = performance.now();
  run();
  const { user, system } = process.cpuUsage(start);
  // Collecting garbage uses other threads as well.
  return Math.min((user + system) / 1000, performance.now() - began);
}

function figures(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  return `${median(times).toFixed(2)} (${(sorted[Math.ceil(0.95 * sorted.length) - 1] ?? NaN).toFixed(2)})`;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
}

function sum(times: readonly number[]): number {
  return times.reduce((total, time) => total + time, 0);
}
