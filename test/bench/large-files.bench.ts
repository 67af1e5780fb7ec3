import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { writeBeside } from "../../src/workers/write-beside.ts";
import { chatRecords } from "./chat-records.ts";
import { labelledRecords, storedCompletions, tableRows } from "./labelled-records.ts";
import { spend } from "./spent.ts";

/**
 * Has each command read files of TUNESMITH_BENCH_BYTES bytes (a gigabyte where it is not set), with the program in dist/ (build first), and prints its time and its peak of memory, and how often the
 * bytes could have been read meanwhile by the peer: a loop over the lines of Node's `readline` with JSON.parse. TUNESMITH_BENCH_COMMAND runs those with that text in their name. What is written is removed at once.
 */
const bytes = Number(process.env["TUNESMITH_BENCH_BYTES"] ?? 1e9);
const wanted = process.env["TUNESMITH_BENCH_COMMAND"] ?? "";

const peer = `
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
let records = 0;
for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) if (JSON.parse(line).messages) records++;
console.log(records);
`;

const folder = mkdtempSync(join(tmpdir(), "tunesmith-bench-"));
const written = join(folder, "written");
const at = (name: string): string => join(folder, name);
const files: Readonly<Record<string, (path: string) => void>> = {
  "chat.jsonl": (path) => writeBeside(path, chatRecords(bytes)),
  "labelled.jsonl": (path) => writeBeside(path, labelledRecords(bytes)),
  "train.jsonl": (path) => writeBeside(path, chatRecords(bytes / 2)),
  "test.jsonl": (path) => writeBeside(path, chatRecords(bytes / 2, 7)),
  "stored.jsonl": (path) => writeBeside(path, storedCompletions(bytes)),
  "table.csv": (path) => writeBeside(path, tableRows(bytes)),
};
const to = join(written, "out.jsonl");
const commands: readonly (readonly [name: string, files: readonly string[], parameters: readonly string[]])[] = [
  ["lint", ["chat.jsonl"], ["lint"]],
  ["lint --quick", ["chat.jsonl"], ["lint", "--quick"]],
  ["lint, labels", ["labelled.jsonl"], ["lint"]],
  ["lint, two files of half the bytes", ["train.jsonl", "test.jsonl"], ["lint"]],
  ["fix", ["chat.jsonl"], ["fix", "--out", to]],
  ["insights", ["chat.jsonl"], ["insights"]],
  ["insights --suspicious", ["labelled.jsonl"], ["insights", "--suspicious", "30"]],
  ["targets", ["chat.jsonl"], ["targets"]],
  ["split", ["labelled.jsonl"], ["split", "--out", written]],
  ["sample", ["labelled.jsonl"], ["sample", "--records", "1000", "--out", to]],
  ["balance", ["labelled.jsonl"], ["balance", "--out", to]],
  ["shuffle", ["chat.jsonl"], ["shuffle", "--out", to]],
  ["filter", ["chat.jsonl"], ["filter", "--where", "size(messages) > 3", "--out", to]],
  ["rename", ["chat.jsonl"], ["rename", "--keys", "messages=conversation", "--out", to]],
  ["deduplicate", ["chat.jsonl"], ["deduplicate", "--out", to]],
  ["merge --unique, two files of half the bytes", ["train.jsonl", "test.jsonl"], ["merge", "--unique", "--out", to]],
  ["convert", ["chat.jsonl"], ["convert", "--to", "sharegpt", "--out", to]],
  ["convert, CSV", ["table.csv"], ["convert", "--to", "openai-chat", "--map", "user=text,assistant=category", "--out", to]],
  ["import-logs", ["stored.jsonl"], ["import-logs", "--out", to]],
];

try {
  console.log(`files of ${(bytes / 1e6).toFixed(0)} MB, ${availableParallelism()} cores, Node ${process.version}`);
  writeFileSync(at("peer.mjs"), peer);
  files["chat.jsonl"]?.(at("chat.jsonl"));
  const read = spend([at("chat.jsonl")], at("peer.mjs"));
  console.log(`readline and JSON.parse: ${read.seconds.toFixed(0)} s, peak ${read.megabytes.toFixed(0)} MB, ${read.stdout.trim()} records`);
  const made = new Set(["chat.jsonl"]);
  for (const [name, inputs, [verb = "", ...options]] of commands.filter(([each]) => each.includes(wanted))) {
    for (const input of inputs) if (!made.has(input)) files[input]?.(at(input));
    for (const input of inputs) made.add(input);
    mkdirSync(written);
    const spent = spend([verb, ...inputs.map(at), ...options]);
    const size = inputs.reduce((sum, input) => sum + statSync(at(input)).size, 0);
    console.log(`${name.padEnd(44)} ${spent.seconds.toFixed(0).padStart(5)} s  ${spent.megabytes.toFixed(0).padStart(5)} MB  ${(spent.seconds / read.seconds / (size / statSync(at("chat.jsonl")).size)).toFixed(1).padStart(5)} × reading${spent.status === 0 || spent.status === 1 ? "" : `  FAILED: ${spent.stderr.slice(0, 200)}`}`);
    rmSync(written, { recursive: true, force: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
