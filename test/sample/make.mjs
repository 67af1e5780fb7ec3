import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";

/**
 * Makes the sample workspace from banking77 (PolyAI, CC BY 4.0): `node test/sample/make.mjs FOLDER`, where FOLDER holds train.csv and test.csv.
 * Chooses ten intents and, in an order that depends on nothing but the text, 30 training and 10 test questions of each; the product's own
 * `convert` writes the records. Needs `npm run build` first. The same input gives the same files.
 */
const intents = [
  "card_arrival", "lost_or_stolen_card", "exchange_rate", "change_pin", "top_up_failed",
  "request_refund", "terminate_account", "age_limit", "transfer_timing", "pin_blocked",
];
const system = `Label the bank customer's question. Answer with one label only: ${intents.join(", ")}.`;
const perIntent = { train: 30, test: 10 };

const folder = process.argv[2];
if (!folder) throw new Error("Name the folder that holds banking77's train.csv and test.csv.");

/** Questions that differ only in letter case, punctuation or white space are the same question. */
const normalise = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

/** A spread order that depends on the text alone (FNV-1a), so that the choice is no matter of luck or of the file's order. */
const rank = (text) => [...text].reduce((hash, character) => Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0, 0x811c9dc5);

const taken = new Set();
function choose(name, count) {
  const rows = parse(readFileSync(join(folder, `${name}.csv`)), { columns: true, bom: true });
  const chosen = intents.flatMap((intent) => {
    const own = rows.filter((row) => row.category === intent && !row.text.includes("\n")).sort((a, b) => rank(a.text) - rank(b.text));
    const fresh = own.filter((row) => {
      const key = normalise(row.text);
      if (taken.has(key)) return false;
      taken.add(key);
      return true;
    });
    // What is not chosen is free again for nobody: a test question must not equal any training question that was looked at.
    return fresh.slice(0, count);
  });
  if (chosen.length !== count * intents.length) throw new Error(`${name}.csv has too few questions for some intent.`);
  return chosen.sort((a, b) => rank(`${a.category}${a.text}`) - rank(`${b.category}${b.text}`));
}

function convert(rows, out) {
  const scratch = mkdtempSync(join(tmpdir(), "tunesmith-sample-"));
  try {
    const table = join(scratch, "rows.csv");
    const cell = (text) => `"${text.replaceAll('"', '""')}"`;
    writeFileSync(table, ["text,category", ...rows.map((row) => `${cell(row.text)},${row.category}`)].join("\n"));
    execFileSync(process.execPath, ["dist/cli.js", "convert", table, "--to", "openai-chat", "--map", "user=text,assistant=category", "--system", system, "--out", out], { stdio: "inherit" });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Plants faults as people make them, so that the sample shows what the linter does. Every error among them has a safe fix. */
function plantFaults(file) {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  lines[3] = lines[3].replace('"role":"assistant"', '"role":"Assistant"');
  lines[7] = `${lines[7]},`;
  lines[11] = lines[11].replace(/}]}$/, ',"weight":"1"}]}');
  lines[14] = lines[14].replace(/}]}$/, "},]}");
  lines[18] = lines[18].replace('"messages"', "'messages'");
  lines.splice(22, 0, "");
  lines.splice(27, 0, lines[5]);
  writeFileSync(file, `${lines.join("\n")}\n`);
}

const test = choose("test", perIntent.test);
const train = choose("train", perIntent.train);
convert(train, "media/sample/banking-train.jsonl");
convert(test, "media/sample/banking-test.jsonl");
plantFaults("media/sample/banking-train.jsonl");
