import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createFirstLines } from "../../src/dataset/first-lines.ts";
import { hashText } from "../../src/dataset/murmur-hash.ts";
import { writeBeside } from "../../src/workers/write-beside.ts";
import { chatRecords } from "./chat-records.ts";

/**
 * Lints clean and distinct chat records from disk with the program in dist/ (build first), beside a bare loop that parses each line, together-ai's checkFile
 * and jq, on the same files in the same run; each in a process of its own, whose peak of memory is its own. The sizes, in megabytes, are those of
 * TUNESMITH_BENCH_MEGABYTES ("100,1000" where it is not set); slower peers get the first only.
 */
const sizes = (process.env["TUNESMITH_BENCH_MEGABYTES"] ?? "100,1000").split(",").map(Number);
const rounds = 3;

/** Parses each line of a file that is read in slices. */
const bareLoop = `
  import { closeSync, openSync, readSync } from "node:fs";
  const file = openSync(process.argv[1], "r");
  let rest = Buffer.alloc(0), records = 0;
  for (;;) {
    const slice = Buffer.allocUnsafe(1 << 20);
    const bytes = Buffer.concat([rest, slice.subarray(0, readSync(file, slice))]);
    if (bytes.length === rest.length) break;
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      JSON.parse(bytes.toString("utf8", start, end));
      records++;
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
  closeSync(file);
  console.log(records);`;
/** Required, because its build of ES modules calls what it does not import (together-ai 0.52.0). */
const checkFile = 'require("together-ai/lib/check-file").checkFile(process.argv[1], "fine-tune").then(({ is_check_passed, num_samples }) => { if (!is_check_passed) throw new Error("refused"); console.log(num_samples); });';

/** Tells the peak of memory, in kilobytes, when the process ends. */
const tellPeak = `data:text/javascript,${encodeURIComponent('import { isMainThread } from "node:worker_threads"; if (isMainThread) process.on("exit", () => console.error(`PEAK ${process.resourceUsage().maxRSS}`));')}`;

interface Spent {
  readonly seconds: number;
  readonly megabytes: number | undefined;
}

function run(program: string, parameters: readonly string[]): Spent | undefined {
  const start = performance.now();
  const { status, stderr, error } = spawnSync(program, parameters, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (error && (error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
  if (status !== 0) throw new Error(`${program} ${parameters.join(" ").slice(0, 200)} ended with ${status}: ${stderr.slice(0, 2000)}`);
  const peak = /PEAK (\d+)/.exec(stderr)?.[1];
  return { seconds: (performance.now() - start) / 1000, megabytes: peak === undefined ? undefined : Number(peak) / 1024 };
}

const node = (...parameters: readonly string[]): Spent | undefined => run(process.execPath, ["--import", tellPeak, ...parameters]);
const contestants = [
  { name: "lint --quick", slow: false, run: (path: string) => node(resolve("dist/cli.js"), "lint", "--quick", "--no-config", path) },
  { name: "lint", slow: false, run: (path: string) => node(resolve("dist/cli.js"), "lint", "--no-config", path) },
  { name: "JSON.parse", slow: false, run: (path: string) => node("--input-type=module", "-e", bareLoop, path) },
  { name: "checkFile", slow: true, run: (path: string) => node("-e", checkFile, path) },
  { name: "jq empty", slow: true, run: (path: string) => run("jq", ["empty", path]) },
];

const folder = mkdtempSync(join(tmpdir(), "tunesmith-bench-"));
try {
  console.log(`chat records, the best of ${rounds} rounds that take turns, ${availableParallelism()} cores, Node ${process.version}`);
  for (const [index, megabytes] of sizes.entries()) {
    const path = join(folder, "chat.jsonl");
    writeBeside(path, chatRecords(megabytes * 1e6));
    const size = statSync(path).size / 1e6;
    const wanted = contestants.filter(({ slow }) => index === 0 || !slow);
    const spent = new Map<string, Spent[]>();
    for (let round = 0; round < rounds; round++) {
      for (const contestant of wanted) {
        const own = contestant.run(path);
        if (own) spent.set(contestant.name, [...(spent.get(contestant.name) ?? []), own]);
        else if (round === 0) console.log(`${contestant.name} is not installed here.`);
      }
    }
    const best = (name: string): number => Math.min(...(spent.get(name) ?? []).map(({ seconds }) => seconds));
    console.log(`\n${size.toFixed(0)} MB`);
    for (const [name, runs] of spent) {
      const peaks = runs.flatMap(({ megabytes: peak }) => peak ?? []);
      console.log(`  ${name.padEnd(13)} ${(size / best(name)).toFixed(0).padStart(5)} MB/s  ${(best("lint --quick") / best(name)).toFixed(2).padStart(5)} x the speed of lint --quick${peaks.length > 0 ? `, peak ${Math.max(...peaks).toFixed(0)} MB` : ""}  (${runs.map(({ seconds }) => `${seconds.toFixed(2)} s`).join(", ")})`);
    }
    for (const name of spent.keys()) if (name !== "lint --quick") console.log(`  lint --quick is ${(best(name) / best("lint --quick")).toFixed(2)} times as fast as ${name}`);
  }
  await printMemoryOfRecords();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What finding duplicates holds of each record. */
async function printMemoryOfRecords(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  const before = process.memoryUsage().arrayBuffers;
  const lines = createFirstLines();
  const count = 1_000_000;
  for (let line = 0; line < count; line++) lines.before(hashText(String(line)), line);
  collect();
  // What was collected is given back by another thread.
  await setTimeout(100);
  console.log(`\nduplicates are found with ${((process.memoryUsage().arrayBuffers - before) / count).toFixed(1)} bytes a record`);
  lines.before(hashText("0"), 0);
}
