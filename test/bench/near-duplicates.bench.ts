import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { writeBeside } from "../../src/workers/write-beside.ts";
import { spend, type Spent } from "./spent.ts";

/**
 * Finds near duplicates among chat records of 360 bytes with the program in dist/ (build first): `lint`, beside `lint --quick`, which does not look for them.
 * One record in a hundred says nearly the same as one before it; how many of them are found is printed, and how the time of processors grows with the number of records, which are those of
 * TUNESMITH_BENCH_RECORDS ("125000,250000,500000,1000000" where it is not set). Of a rule the first 10,000 findings are told. The peer is datasketch (PyPI) in the Python that TUNESMITH_BENCH_PYTHON names:
 * MinHash with 128 permutations and its own LSH over the same runs of five words, on the first 20,000 records, one core, nothing verified.
 */
const counts = (process.env["TUNESMITH_BENCH_RECORDS"] ?? "125000,250000,500000,1000000").split(",").map(Number);
const python = process.env["TUNESMITH_BENCH_PYTHON"] ?? "python3";
const ofPeer = 20_000;
const every = 100;

const datasketch = `
import json, re, sys, time
from datasketch import MinHash, MinHashLSH
texts = []
with open(sys.argv[1], encoding="utf-8") as lines:
    for line, _ in zip(lines, range(int(sys.argv[2]))):
        texts.append(" ".join(message["content"] for message in json.loads(line)["messages"]))
start = time.perf_counter()
lsh = MinHashLSH(threshold=0.8, num_perm=128)
pairs = 0
for number, text in enumerate(texts):
    words = re.sub(r"[^\\w\\s]", "", text.lower()).split()
    hashes = MinHash(num_perm=128)
    hashes.update_batch([" ".join(words[at:at + 5]).encode() for at in range(max(1, len(words) - 4))])
    pairs += len(lsh.query(hashes)) > 0
    lsh.insert(number, hashes)
print(json.dumps({"records": len(texts), "seconds": time.perf_counter() - start, "found": pairs}))`;

/** Words as often as words of a language are: the second half as often as the first, and so on (Zipf). */
function* records(count: number): Generator<Buffer> {
  let state = 1;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const word = (): string => `w${Math.floor(20_000 ** (next(1e6) / 1e6)).toString(36)}`;
  const words = (length: number): string[] => Array.from({ length }, word);
  const line = (question: readonly string[], answer: readonly string[]): string => `${JSON.stringify({ messages: [{ role: "user", content: `${question.join(" ")}?` }, { role: "assistant", content: `${answer.join(" ")}.` }] })}\n`;
  let piece: string[] = [];
  let kept = { question: words(18), answer: words(58) };
  for (let record = 0; record < count; record++) {
    const isNear = record % every === every - 1;
    const own = isNear ? { ...kept, answer: kept.answer.map((each, at) => (at === 30 ? `${each}x` : each)) } : { question: words(18), answer: words(58) };
    // What is repeated nearly stands far before.
    if (record % every === 0) kept = own;
    piece.push(line(own.question, own.answer));
    if (piece.length < 4096 && record < count - 1) continue;
    yield Buffer.from(piece.join(""));
    piece = [];
  }
}

interface Run extends Spent {
  readonly found: number;
}

function lint(path: string, ...options: readonly string[]): Run {
  const spent = spend(["lint", "--no-config", ...options, path]);
  return { ...spent, found: spent.stdout.split("near-duplicate").length - 1 };
}

const folder = mkdtempSync(join(tmpdir(), "tunesmith-bench-"));
try {
  console.log(`chat records, one in ${every} nearly equal to one before it, ${availableParallelism()} cores, Node ${process.version}`);
  const path = join(folder, "chat.jsonl");
  let before: (Run & { readonly count: number }) | undefined;
  for (const count of counts) {
    writeBeside(path, records(count));
    const bytes = statSync(path).size;
    const quick = lint(path, "--quick");
    const own = lint(path);
    const growth = before && Math.log(own.processorSeconds / before.processorSeconds) / Math.log(count / before.count);
    console.log(`${count} records of ${(bytes / count).toFixed(0)} bytes: lint ${own.seconds.toFixed(1)} s, ${own.processorSeconds.toFixed(1)} s of processors (${(count / own.seconds).toFixed(0)} records/s), peak ${own.megabytes.toFixed(0)} MB, ${own.found} of ${Math.floor(count / every)} found; lint --quick ${quick.seconds.toFixed(1)} s, ${quick.processorSeconds.toFixed(1)} s of processors, peak ${quick.megabytes.toFixed(0)} MB${growth === undefined ? "" : `; grows with n^${growth.toFixed(2)}`}`);
    before = { ...own, count };
  }
  const peer = spawnSync(python, ["-c", datasketch, path, String(ofPeer)], { encoding: "utf8" });
  if (peer.status === 0) {
    const { records: seen, seconds, found } = JSON.parse(peer.stdout) as { readonly records: number; readonly seconds: number; readonly found: number };
    const rate = seen / seconds;
    console.log(`datasketch: ${seen} records in ${seconds.toFixed(1)} s (${rate.toFixed(0)} records/s on one core, ${found} of ${Math.floor(seen / every)} found); lint is ${before ? (before.count / before.seconds / rate).toFixed(0) : "?"} times as fast on ${availableParallelism()} cores`);
  } else console.log(`datasketch is not installed in ${python}.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
